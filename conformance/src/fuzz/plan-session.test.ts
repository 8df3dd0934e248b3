import { describe, expect, test } from "bun:test";
import { fromBinary } from "@bufbuild/protobuf";
import { ClientFrameSchema, decodeClientFrame, uuidVersion } from "@parley/protocol";
import type { Cast } from "./cast.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { planSession } from "./plan-session.ts";
import { Random } from "./random.ts";
import { type SessionPlan, shownStep } from "./session-plan.ts";

const SEEDS = 120;

function castOf(account: string): Cast {
  const random = new Random(1, "cast");
  const seat = { token: "token", device: random.id() };
  const attacker = { account, userName: "fuzz", displayName: "Fuzz", password: "password", seat };
  const ids = () => [random.id(), random.id()];
  return {
    attacker,
    accomplices: ids(),
    foreign: { accounts: ids(), devices: ids(), conversations: ids(), messages: ids() },
  };
}

const cast = castOf("01936d2e-8a40-7c11-9e5b-3f6a2c1d0a01");
const plans = Array.from({ length: SEEDS }, (_, seed) => planSession(seed, cast));

function shape({ encoding, steps }: SessionPlan): unknown {
  return [encoding, steps.map(({ kind, label }) => [kind, label])];
}

/** Some frames have millions of bytes. */
function fingerprint(plan: SessionPlan): string {
  const hashed = (_: string, value: unknown) => (value instanceof Uint8Array ? Bun.hash(value).toString() : value);
  return Bun.hash(JSON.stringify(plan, hashed)).toString();
}

describe("the session of a seed", () => {
  test("is the same whenever it is planned, and another for another seed", () => {
    const known = plans.map(fingerprint);
    for (const [seed, print] of known.entries()) expect(fingerprint(planSession(seed, cast))).toBe(print);
    expect(new Set(known).size).toBe(SEEDS);
  });

  test("has the same shape for another account, with ids of its own", () => {
    const others = castOf("01936d2e-9b51-7d22-8f6c-4a7b3d2e1b02");
    for (const [seed, plan] of plans.entries()) {
      const other = planSession(seed, others);
      expect(shape(other)).toEqual(shape(plan));
      expect(other.hellos).not.toEqual(plan.hellos);
    }
  });

  test("is right where it is not spoiled, and is spoiled in many places", () => {
    const messages = plans.flatMap(({ encoding, steps }) =>
      steps.flatMap((step) => (step.kind === "message" ? [decodeClientFrame(encoding, step.data)] : [])),
    );
    const right = messages.filter((frame) => frame?.frame.case !== undefined).length;
    expect(right).toBeGreaterThan(messages.length / 2);
    expect(right).toBeLessThan(messages.length);
    const kinds = new Set(messages.map((frame) => frame?.frame.case));
    expect([...kinds].toSorted()).toEqual(["hello", "marks", "ping", "request", "submit", "typing", undefined]);
    for (const { encoding, hellos } of plans.slice(0, 20)) {
      for (const hello of hellos) {
        const frame = decodeClientFrame(encoding, hello)?.frame;
        expect(frame?.case === "hello" && uuidVersion(frame.value.device)).toBe(7);
      }
    }
  });

  test("can be shown", () => {
    for (const step of plans.flatMap(({ steps }) => steps)) expect(shownStep(step)).toContain(step.label);
  });
});

test("spoiled protobuf is read as the library reads it", () => {
  const random = new Random(7, "decoder");
  for (const step of plans.flatMap(({ encoding, steps }) => (encoding === "proto" ? steps : []))) {
    if (step.kind !== "message" || typeof step.data === "string") continue;
    for (let count = 0; count < 5; count++) {
      const bytes = mutateBytes(step.data, random);
      expect(decodeClientFrame("proto", bytes)).toEqual(readByLibrary(bytes));
    }
  }
});

function readByLibrary(bytes: Uint8Array) {
  try {
    return fromBinary(ClientFrameSchema, bytes, { readUnknownFields: false });
  } catch {
    return undefined;
  }
}
