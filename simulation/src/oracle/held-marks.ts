import { clampMarks, type Marks, noMarks } from "@parley/log";
import type { Device } from "../device/device.ts";
import type { Owner } from "../device/owner.ts";
import type { TruthKeeper } from "./truth-keeper.ts";
import type { Violation } from "./violation.ts";

/** How far others are told that a member has come. */
export interface ToldMarks {
  readonly account: string;
  readonly conversation: string;
  readonly delivered: number;
  readonly shown: number;
}

interface Held {
  /** Who runs it: what was written last may be lost with the power, and is told again. */
  readonly owner: Owner | undefined;
  /** Grows whenever the device hears of a choice, by which it may forget what others have read. */
  readonly rev: number;
  readonly marks: ReadonlyMap<string, Marks & { readonly entryHead: number }>;
}

/** What devices hold of the marks of others: it never goes back, and at rest it is what the store tells them. */
export class HeldMarks {
  readonly #truth: TruthKeeper;
  readonly #before = new Map<Device, Held>();

  constructor(truth: TruthKeeper) {
    this.#truth = truth;
  }

  look(device: Device): Violation[] {
    const before = this.#before.get(device);
    const held = heldBy(device);
    this.#before.set(device, held);
    // Where the data was set back, marks are as well, once their device has heard of it.
    const isSameRun = held.owner !== undefined && held.owner === before?.owner;
    if (!isSameRun || this.#truth.era > 0) return [];
    const violations: Violation[] = [];
    for (const [whose, marks] of held.marks) {
      // Who has parted, and heard of it, holds no mark beyond what is there for them.
      const { delivered, read } = clampMarks(before.marks.get(whose) ?? noMarks, marks.entryHead);
      if (marks.delivered >= delivered && (marks.read >= read || held.rev !== before.rev)) continue;
      const detail = `${device.name} holds ${marks.delivered}/${marks.read} of ${whose}, after ${delivered}/${read}`;
      violations.push({ rule: "MRK1", detail });
    }
    return violations;
  }

  atRest(device: Device, told: readonly ToldMarks[]): Violation[] {
    const { ledger, secrets } = this.#truth;
    const { marks } = heldBy(device);
    const blind = secrets.hides(device.account, "hidesReads");
    return told.flatMap(({ account, conversation, delivered, shown }) => {
      const history = ledger.log(conversation);
      if (account === device.account || !history.isPresent(account) || !history.isPresent(device.account)) return [];
      const held = marks.get(whoseOf(conversation, account)) ?? noMarks;
      const read = blind ? 0 : shown;
      if (held.delivered === delivered && held.read === read) return [];
      const detail = `${device.name} holds ${held.delivered}/${held.read} of ${account} in ${conversation} at rest, not ${delivered}/${read}`;
      return [{ rule: held.read > read ? "MRK7" : "SYN2", detail }];
    });
  }
}

function heldBy({ disk: { image }, owner }: Device): Held {
  const { meta, conversations } = image.state();
  const marks = conversations.flatMap(({ id, others, entryHead }) =>
    others.map((other) => [whoseOf(id, other.account), { ...other.marks, entryHead }] as const),
  );
  return { owner, rev: meta?.privacy?.rev ?? 0, marks: new Map(marks) };
}

function whoseOf(conversation: string, account: string): string {
  return `${account} in ${conversation}`;
}
