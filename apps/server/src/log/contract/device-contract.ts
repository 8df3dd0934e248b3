import { describe, expect, test } from "bun:test";
import { limits, RejectionCode } from "@parley/protocol";
import { orderAfter, rejectionOf, type Stage, seqOf, text } from "../../testing/log-stage.ts";

/** Devices and profiles. */
export function deviceContract(stage: () => Stage): void {
  describe("devices", () => {
    test("a new device replaces the session's former one, whose late commands are refused", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const log = await stage().direct(ann, bob);
      const { writer, reader } = stage().log;
      const registration = { account: ann.account, session: ann.session, device: stage().id(), name: "New" };
      expect(await writer.registerDevice(registration)).toEqual({
        kind: "open",
        replaced: ann.device,
        abandoned: undefined,
        crowdedOut: undefined,
      });
      expect(await writer.registerDevice(registration)).toEqual({
        kind: "open",
        replaced: undefined,
        abandoned: undefined,
        crowdedOut: undefined,
      });
      expect(rejectionOf(await ann.send(log, text("late")))).toBe(RejectionCode.DEVICE_CLOSED);
      expect(await reader.deviceOf(ann.session)).toBe(registration.device);
      expect((await reader.devices(ann.account)).map(({ id, name }) => [id, name])).toEqual([
        [registration.device, "New"],
      ]);
      const late = { ...registration, device: ann.device };
      expect(await writer.registerDevice(late)).toEqual({ kind: "refused" });
    });

    test("a device keeps its place when it returns with another session", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const log = await stage().direct(ann, bob);
      const session = stage().id();
      const { writer, reader } = stage().log;
      const again = { account: ann.account, session, device: ann.device, name: "Renamed" };
      expect(await writer.registerDevice(again)).toEqual({
        kind: "open",
        replaced: undefined,
        abandoned: ann.session,
        crowdedOut: undefined,
      });
      expect(seqOf(await ann.send(log, text("same queue")))).toBe(2);
      expect(await reader.deviceOf(session)).toBe(ann.device);
      expect(await reader.deviceOf(ann.session)).toBeUndefined();
      const [device] = await reader.devices(ann.account);
      expect(device?.name).toBe("Renamed");
    });

    test("a device of somebody else is refused", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const theft = { account: bob.account, session: bob.session, device: ann.device, name: "" };
      expect(await stage().log.writer.registerDevice(theft)).toEqual({ kind: "refused" });
      expect(await stage().log.reader.deviceOf(bob.session)).toBe(bob.device);
      const log = await stage().direct(ann, bob);
      const next = ann.prepare(log, text("y"));
      const linked = bob.submission(log, text("x"), next.order);
      expect((await bob.execute({ ...linked, device: ann.device })).outcome.case).toBe("stale");
      const first = bob.submission(log, text("x"), orderAfter(undefined));
      expect(rejectionOf(await bob.execute({ ...first, device: ann.device }))).toBe(RejectionCode.DEVICE_CLOSED);
      expect(seqOf(await ann.execute(next))).toBe(2);
    });

    test("one device too many closes the one that was seen longest ago", async () => {
      const ann = await stage().person("Ann");
      const { writer, reader } = stage().log;
      const register = (session: string, device: string) =>
        writer.registerDevice({ account: ann.account, session, device, name: "One of many" });
      for (let count = 1; count < limits.devicesPerAccount; count++) {
        expect(await register(stage().id(), stage().id())).toMatchObject({ kind: "open", crowdedOut: undefined });
      }
      const tooMany = await register(stage().id(), stage().id());
      expect(tooMany).toMatchObject({ kind: "open", crowdedOut: { device: ann.device, session: ann.session } });
      expect(await reader.devices(ann.account)).toHaveLength(limits.devicesPerAccount);
      expect(await register(ann.session, ann.device)).toEqual({ kind: "refused" });
    });

    test("devices that were closed long before others are forgotten", async () => {
      const ann = await stage().person("Ann");
      const { writer } = stage().log;
      const register = (device: string) =>
        writer.registerDevice({ account: ann.account, session: ann.session, device, name: "" });
      const devices = Array.from({ length: limits.closedDevicesPerAccount + 1 }, () => stage().id());
      for (const device of devices) {
        // The order of closing is told by the store's clock.
        await Bun.sleep(2);
        await register(device);
      }
      // The first of all and the first of these are gone from memory, the others are not.
      expect(await register(ann.device)).toMatchObject({ kind: "open" });
      expect(await register(devices[5] ?? "")).toEqual({ kind: "refused" });
    });

    test("closing a device tells its session, once", async () => {
      const ann = await stage().person("Ann");
      const { writer } = stage().log;
      expect(await writer.closeDevice(stage().id(), ann.device)).toBeUndefined();
      expect(await writer.closeDevice(ann.account, ann.device)).toBe(ann.session);
      expect(await writer.closeDevice(ann.account, ann.device)).toBeUndefined();
      expect(await stage().log.reader.devices(ann.account)).toEqual([]);
    });
  });

  describe("profiles", () => {
    test("a change makes a new rev", async () => {
      const ann = await stage().person("Ann");
      const { writer, reader } = stage().log;
      expect(await writer.putProfile(ann.account, "ann", "Ann B.")).toBe(2);
      expect(await reader.profiles([ann.account, ann.account, stage().id()])).toMatchObject([
        { account: ann.account, userName: "ann", displayName: "Ann B.", rev: 2 },
      ]);
    });

    test("people are found by the beginning of either name, whatever the case", async () => {
      const { writer, reader } = stage().log;
      const [one, other] = [stage().id(), stage().id()];
      await writer.putProfile(one, "zoe.quill", "Étienne Q");
      await writer.putProfile(other, "étude", "Quentin_100%");
      const found = async (prefix: string) => (await reader.findPeople(prefix, 10)).map(({ account }) => account);
      expect(await found("ZOE")).toEqual([one]);
      expect(await found("éT")).toEqual([other, one]);
      expect(await found("quentin_1")).toEqual([other]);
      expect(await found("quill")).toEqual([]);
      expect(await found("%")).toEqual([]);
      expect((await reader.findPeople("é", 1)).length).toBe(1);
    });
  });
}
