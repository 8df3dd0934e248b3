import { expect, test } from "bun:test";
import { ProblemCode } from "@parley/protocol";
import { Devices } from "./devices.ts";

test("a device may have been closed if it was, or if too much has happened to tell", () => {
  const devices = new Devices();
  devices.close("one", ProblemCode.DEVICE_CLOSED);
  const since = devices.closings;
  expect(devices.mayBeClosed("one", since)).toBe(false);
  for (let count = 0; count < 500; count++) devices.close(`other ${count}`, ProblemCode.DEVICE_CLOSED);
  expect(devices.mayBeClosed("one", since)).toBe(false);
  expect(devices.mayBeClosed("one", 0)).toBe(true);
  devices.close("one", ProblemCode.DEVICE_CLOSED);
  expect(devices.mayBeClosed("one", since)).toBe(true);
  for (let count = 0; count < 2_000; count++) devices.close(`other ${count}`, ProblemCode.DEVICE_CLOSED);
  expect(devices.mayBeClosed("nobody", since)).toBe(true);
});
