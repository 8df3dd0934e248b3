import { expect, test } from "bun:test";
import { negotiateEncoding } from "./negotiate-encoding.ts";

test("the first known subprotocol counts", () => {
  expect(negotiateEncoding("parley.v1.json")?.encoding).toBe("json");
  expect(negotiateEncoding("chat, parley.v1.proto, parley.v1.json")?.subprotocol).toBe("parley.v1.proto");
  expect(negotiateEncoding("parley.v2.proto")).toBeUndefined();
  expect(negotiateEncoding(null)).toBeUndefined();
});
