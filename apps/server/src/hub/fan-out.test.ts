import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type EncodedFrame, PongSchema } from "@parley/protocol";
import { freshId } from "@parley/rig";
import type { Socket } from "../connection/socket.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Device } from "./device.ts";
import { EncodedOnce } from "./encoded-once.ts";
import { FanOut, fanOutRules } from "./fan-out.ts";
import { MemoryTopics } from "./memory-topics.ts";
import { People } from "./people.ts";
import { Room } from "./room.ts";

const clock = new ManualClock();
const { reader } = await openSqliteLogInProcess({ database: ":memory:", clock, mintId: freshId });
const people = new People(reader);

/** A socket that counts what it is sent. Sending to one may show that another reads too slowly. */
class CountingSocket implements Socket {
  readonly encoding = "json";
  sent = 0;
  onSend = (): void => undefined;

  send(_frame: EncodedFrame): boolean {
    this.sent++;
    this.onSend();
    return true;
  }

  waiting(): number {
    return 0;
  }

  close(): void {}
}

function deviceOf(socket: Socket): Device {
  const account = freshId();
  return new Device(freshId(), people.of(account), { account, session: freshId() }, socket, clock, {
    dismiss: () => undefined,
  });
}

const PLACES = [0, 1, 2, 3];

test("[SYN6] in a small room everybody else is sent a frame once, whoever is dismissed while it is sent to somebody", () => {
  for (const moment of PLACES) {
    for (const leaver of PLACES) {
      const fanOut = new FanOut(new MemoryTopics(), clock, fanOutRules);
      const room = new Room(freshId(), people);
      const sockets = PLACES.map(() => new CountingSocket());
      const devices = sockets.map(deviceOf);
      for (const device of devices) fanOut.enter(device, room);
      const others = <T>(list: readonly T[]) => list.filter((_, place) => place !== leaver);
      for (const socket of sockets.slice(moment, moment + 1)) {
        socket.onSend = () => {
          for (const device of devices.slice(leaver, leaver + 1)) fanOut.leave(device, room);
        };
      }
      fanOut.give(room, new EncodedOnce({ case: "pong", value: create(PongSchema) }));
      expect(others(sockets).map(({ sent }) => sent)).toEqual([1, 1, 1]);
      expect(new Set(room.live)).toEqual(new Set(others(devices)));
    }
  }
});
