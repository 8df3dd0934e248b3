import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { encodeServerFrame, ServerFrameSchema } from "@parley/protocol";
import { faultOfEntrance, type Told, type ToldEvent } from "./check-entrance.ts";
import { deedAt, deedNumber, deedOf, idOfDeed } from "./deed.ts";

const plan = { group: 2, guests: 2, messages: 1, head: 2 };
/** Who does what: both join, both write, both leave. */
const deeds = [
  [1, 0],
  [2, 0],
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 2],
] as const;
const log: readonly ToldEvent[] = deeds.map(([guest, step], index) => {
  return { seq: 3 + index, deed: deedNumber({ guest, group: 2, step }), ordinal: 2 + index };
});

/** A guest who was given the group up to a head, with the newest entries from one on. */
function guest(from: number, head: number, to: number): Told {
  const entries = log
    .filter(({ seq }) => seq >= from && seq <= head)
    .map(({ seq, deed, ordinal }) => ({ seq, ordinal, id: idOfDeed(deedOf(deed), 1) }));
  const value = { status: { head: { seq: head } }, newest: { entries } };
  const begun = encodeServerFrame("proto", create(ServerFrameSchema, { frame: { case: "reset", value } }));
  if (typeof begun === "string") throw new TypeError("The binary encoding is bytes.");
  return { begun, events: log.filter(({ seq }) => seq > head && seq <= to) };
}

function fault(change: (told: { host: Told; guests: Told[] }) => void): string | undefined {
  const told = { host: { begun: undefined, events: [...log] }, guests: [guest(3, 4, 8), guest(4, 4, 7)] };
  change(told);
  return faultOfEntrance(plan, told.host, told.guests);
}

test("a deed is told by the id of its command", () => {
  const deed = { guest: 255, group: 3, step: 4 };
  const id = new TextEncoder().encode(idOfDeed(deed, Date.now()));
  expect(deedOf(deedAt(id, 0))).toEqual(deed);
  expect(deedAt(id, 0)).toBe(deedNumber(deed));
});

test("who was told everything from joining to leaving lacks nothing", () => {
  expect(fault(() => undefined)).toBeUndefined();
});

test("what the host lacks, hears twice or in another order is found", () => {
  expect(fault(({ host }) => host.events.splice(2, 1))).toContain("where 5 comes next");
  expect(fault(({ host }) => host.events.splice(2, 0, ...log.slice(1, 2)))).toContain("where 5 comes next");
  expect(fault(({ host }) => host.events.pop())).toBe("Guest 1 has done 2 things of 3.");
  const swapped = log.map(({ seq, ordinal }, index) => {
    return { seq, ordinal, deed: (index === 0 ? log[2] : index === 2 ? log[0] : log[index])?.deed ?? 0 };
  });
  expect(fault(({ host }) => host.events.splice(0, 6, ...swapped))).toBe("Event 3 is step 1 of guest 1 in group 2.");
});

test("what a guest lacks, hears twice, or hears after it has left is found", () => {
  expect(fault(({ guests }) => guests[0]?.events.splice(1, 1))).toBe("Guest 1: it was told 7 where 6 comes next.");
  expect(fault(({ guests }) => guests[0]?.events.pop())).toBe("Guest 1: it was told nothing where 8 comes next.");
  expect(fault(({ guests }) => guests[0]?.events.splice(1, 0, ...log.slice(2, 3)))).toContain("where 6 comes next");
  expect(fault(({ guests }) => guests[1]?.events.push(...log.slice(5)))).toContain("was told 8 after it had left");
});

test("what a Reset holds already may be told once more, in order", () => {
  expect(fault(({ guests }) => guests[0]?.events.unshift(...log.slice(1, 2)))).toBeUndefined();
  expect(fault(({ guests }) => guests[0]?.events.unshift(...log.slice(0, 1)))).toContain("where 4 comes next");
});

test("a guest that was not given the group, or not what is newest there, is found", () => {
  expect(
    fault(({ guests }) => {
      guests[0] = { begun: undefined, events: [...log] };
    }),
  ).toBe("Guest 1: it was not given the group.");
  expect(
    fault(({ guests }) => {
      guests[0] = { ...guest(3, 3, 8), begun: guest(4, 4, 8).begun };
    }),
  ).toContain("are not the newest of its 2");
  expect(fault(({ guests }) => guests.pop())).toBe("1 guests came, not 2.");
});
