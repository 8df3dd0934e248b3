import { create } from "@bufbuild/protobuf";
import { DemoClock } from "@parley/demo/demo-clock";
import { past } from "@parley/demo/past";
import { play } from "@parley/demo/play";
import { type Entry, PageRequestSchema } from "@parley/protocol";
import { ensureThread, type Inhabitant, post, type Settlement, settle } from "@parley/rig";
import { SeededRandom } from "@parley/simulation";
import { submitAll, submitted } from "../town/submit-all.ts";
import type { Home, Place } from "./home.ts";

/** The demo's people and its 50 conversations. */
export interface DemoHome extends Home {
  /** The conversation with a history as long as one wants; the last of the places. */
  readonly long: Place;
}

export interface DemoHomeOptions {
  /** Messages of "Long history". */
  readonly longHistory: number;
  /** How much of it is read; all of everything else is. */
  readonly read?: "all" | "half";
}

const PEOPLE = 256;
const LONG = "Long history";
/** Of each group in its newest page; of the long history also where reading goes on. */
const THREADS = 3;
const REPLIES = 5;
/** Who has read a group, besides the one whose browser is measured. */
const READERS = 20;
const PAGE = 100;

/**
 * Fills an empty folder with the demo's past, through the executor: directs and groups with people who come and go, messages of every height, answers, edits,
 * erasures and reactions; and threads, which the demo has none of.
 */
export function demoHome({ longHistory, read = "all" }: DemoHomeOptions): (folder: string) => Promise<DemoHome> {
  return async (folder) => {
    const until = Date.now();
    const clock = new DemoClock(until);
    const settlement = await settle({ folder, accounts: PEOPLE, clock });
    try {
      const [me, ...others] = settlement.people;
      if (me === undefined) throw new RangeError("A home needs somebody.");
      const accounts: [string, ...string[]] = [me.account, ...others.map(({ account }) => account)];
      const random = new SeededRandom("bench");
      await play(past({ accounts, random, until, longHistory }), settlement.writer, clock, () => undefined);
      clock.set(until);
      return { me, ...(await new Finish(settlement, me).places(read)) };
    } finally {
      await settlement.close();
    }
  };
}

/** What the demo's past leaves to be done. */
class Finish {
  readonly #settlement: Settlement;
  readonly #me: string;

  constructor(settlement: Settlement, me: Inhabitant) {
    this.#settlement = settlement;
    this.#me = me.account;
  }

  async places(read: "all" | "half"): Promise<Pick<DemoHome, "places" | "long">> {
    const { conversations } = await this.#settlement.reader.conversations(this.#me, PAGE, "");
    const places: Place[] = [];
    let long: Place | undefined;
    for (const { status, state } of conversations) {
      const log = state?.id ?? "";
      const head = status?.entryHead ?? 0;
      const members = state?.members.flatMap(({ account, present }) => (present ? [account] : [])) ?? [];
      const isLong = state?.title === LONG;
      const half = isLong && read === "half" ? Math.floor(head / 2) : undefined;
      const unread =
        half === undefined ? undefined : (await this.#page(log, half)).find((entry) => this.#isRoot(entry));
      await this.#mark(log, members, head, unread === undefined ? head : unread.ordinal - 1);
      await this.#beginThreads(log, members, undefined);
      if (half !== undefined) await this.#beginThreads(log, members, half);
      const landmark = unread ?? (await this.#page(log)).findLast(({ body }) => body.case === "message");
      const place = { log, landmark: landmark?.id ?? "" };
      if (isLong) long = place;
      else places.push(place);
    }
    while ((await this.#settlement.writer.follow()).written.length > 0);
    if (long === undefined) throw new Error("The demo has no long history any more.");
    return { places: [...places, long], long };
  }

  async #mark(conversation: string, members: readonly string[], head: number, read: number): Promise<void> {
    const { writer } = this.#settlement;
    await writer.mark(this.#me, { conversation, delivered: head, read });
    const others = members.filter((account) => account !== this.#me).slice(0, READERS);
    for (const [index, account] of others.entries())
      await writer.mark(account, { conversation, delivered: head, read: Math.max(0, head - (index % 4)) });
  }

  /** Among others: who follows a thread has it among their own conversations. */
  async #beginThreads(log: string, members: readonly string[], after: number | undefined): Promise<void> {
    const [one, other] = members.filter((account) => account !== this.#me);
    if (one === undefined || other === undefined) return;
    const roots = (await this.#page(log, after)).filter((entry) => this.#isRoot(entry)).slice(-THREADS);
    for (const { id } of roots) {
      const thread = ensureThread(log, id);
      const replies = Array.from({ length: REPLIES }, (_, index) =>
        submitted(index % 2 === 0 ? one : other, post(thread.log, `One more thing to that, the ${index + 1}th`)),
      );
      const followed = [submitted(one, thread), submitted(other, ensureThread(log, id))];
      await submitAll(this.#settlement.writer, [...followed, ...replies]);
    }
  }

  /** Whether it is a message of somebody else that is not deleted. */
  #isRoot({ body, author }: Entry): boolean {
    return body.case === "message" && body.value.state.case !== "deleted" && author !== this.#me;
  }

  /** The entries just after an ordinal, or the newest. */
  async #page(conversation: string, after?: number): Promise<readonly Entry[]> {
    const cursor =
      after === undefined ? ({ case: "newest", value: {} } as const) : ({ case: "after", value: after } as const);
    const request = create(PageRequestSchema, { conversation, cursor, limit: PAGE });
    return (await this.#settlement.reader.page(this.#me, request))?.entries ?? [];
  }
}
