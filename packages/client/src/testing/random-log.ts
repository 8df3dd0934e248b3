import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { applyToEntry, asSeenBy, countMentions, entryOf } from "@parley/log";
import {
  type Changes,
  ChangesSchema,
  type Entry,
  type Event,
  type EventSchema,
  type Page,
  PageSchema,
  type Reset,
  ResetSchema,
} from "@parley/protocol";
import fc from "fast-check";
import { group, me, SampleLog, you } from "./engine-fixture.ts";

type Body = NonNullable<MessageInitShape<typeof EventSchema>["body"]>;

/** What happens next in a log; `target` chooses among the messages so far. */
export interface Happening {
  readonly kind: "post" | "edit" | "erase" | "react" | "unreact";
  readonly mine: boolean;
  readonly target: number;
}

export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("post", "post", "post", "edit", "erase", "react", "unreact"),
    mine: fc.boolean(),
    target: fc.nat({ max: 1_000 }),
  }),
  { minLength: 20, maxLength: 60 },
);

/** A log, and what a server that holds it would answer as of any head. Everything is visible. */
export class RandomLog {
  readonly log = new SampleLog();

  constructor(happened: readonly Happening[]) {
    for (const happening of happened) this.#add(happening);
  }

  get head(): number {
    return this.log.events.length;
  }

  event(seq: number): Event {
    const event = this.log.events[seq - 1];
    if (event === undefined) throw new Error(`no event ${seq}`);
    return event;
  }

  /** Rows as of a head, ascending. */
  rows(asOf: number): Entry[] {
    const rows: Entry[] = [];
    for (const event of this.log.events.slice(0, asOf)) {
      const made = entryOf(event);
      for (const [index, row] of rows.entries()) rows[index] = applyToEntry(row, event);
      if (made !== undefined) rows.push(made);
    }
    return rows
      .map((row) => asSeenBy([{ $typeName: "parley.v1.Interval", from: 1, to: 0 }], row))
      .filter((row) => row !== undefined);
  }

  page(asOf: number, from: number, limit: number): Page {
    const rows = this.rows(asOf);
    const run = rows.filter(({ ordinal }) => ordinal >= from && ordinal < from + limit);
    return create(PageSchema, {
      conversation: group,
      asOf,
      fromOrdinal: run[0]?.ordinal ?? 0,
      toOrdinal: run.at(-1)?.ordinal ?? 0,
      entries: run,
      entryHead: rows.length,
    });
  }

  changes(from: number, to: number): Changes {
    const rows = this.rows(to);
    return create(ChangesSchema, {
      conversation: group,
      from,
      to: { conversation: group, seq: to, tag: 0 },
      entryHead: rows.length,
      entries: rows.filter(({ rev }) => rev > from),
    });
  }

  reset(asOf: number, newest: number, unread: number): Reset {
    const rows = this.rows(asOf);
    const entryHead = rows.length;
    return create(ResetSchema, {
      status: {
        head: { conversation: group, seq: asOf, tag: 0 },
        entryHead,
        read: { conversation: group, unread, mentions: countMentions(rows, me, 0), asOf },
      },
      state: this.log.state,
      newest: this.page(asOf, Math.max(1, entryHead - newest + 1), newest),
    });
  }

  #add({ kind, mine, target }: Happening): void {
    const author = mine ? me : you;
    const messages = this.log.events.filter(({ body }) => body.case === "posted");
    const chosen = messages[target % Math.max(1, messages.length)]?.id;
    if (kind === "post" || chosen === undefined) {
      const content = { form: { case: "plain", value: { text: `text ${this.head}` } } } as const;
      this.log.add(author, { case: "posted", value: { content, ...naming(target) } });
      return;
    }
    this.log.add(author, bodyOf(kind, chosen, this.head, target));
  }
}

/** Now and then the viewer is named, or nobody, or nothing is said of that. */
function naming(chance: number): { readonly envelope?: { mentions: string[]; everyone?: boolean } } {
  const envelopes = [{ mentions: [me] }, { mentions: [you] }, { mentions: [], everyone: true }];
  const envelope = envelopes[chance % 5];
  return envelope === undefined ? {} : { envelope };
}

function bodyOf(kind: Happening["kind"], target: string, seq: number, chance: number): Body {
  const text = `edited ${seq}`;
  if (kind === "edit")
    return {
      case: "edited",
      value: { target, content: { form: { case: "plain", value: { text } } }, ...naming(chance) },
    };
  if (kind === "erase") return { case: "erased", value: { target } };
  return { case: kind === "react" ? "reactionSet" : "reactionUnset", value: { target, emoji: "x" } };
}
