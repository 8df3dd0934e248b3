import type { Clock, Engine, PlacedMessage, ThreadPlace } from "@parley/client";
import { oneLine } from "../rich-text/one-line.ts";
import { conversationTitle } from "./conversation-titles.ts";
import type { Texts } from "./en.ts";
import type { TimeFormat } from "./time-format.ts";

/** A message of some conversation on a line of its own, ready to draw. */
export interface PlacedLine {
  readonly conversation: string;
  readonly id: string;
  /** Of the conversation. */
  readonly title: string;
  /** Empty where the message cannot be seen. */
  readonly author: string;
  readonly time: string;
  readonly fullTime: string;
  readonly text: string;
  /** What is said of it rather than by it. */
  readonly quiet: boolean;
  /** Undefined where there is nothing to go to. */
  readonly ordinal: number | undefined;
}

export interface PlacedLinePorts {
  readonly engine: Pick<Engine, "account" | "conversations">;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
}

/** More than a line has room for. */
const LONGEST_TEXT = 300;

/** @param thread the thread that it is in */
export function placedLine(
  { conversation, id, what }: PlacedMessage,
  { engine, texts, format, clock }: PlacedLinePorts,
  thread?: ThreadPlace,
): PlacedLine {
  const shownIn = thread?.conversation ?? conversation;
  const known = engine.conversations.get().conversations.find((one) => one.id === shownIn);
  const title = known === undefined ? texts.outbox.unknownConversation : conversationTitle(known, texts);
  const place = { conversation, id, title: thread === undefined ? title : texts.threads.in(title) };
  if (what.kind !== "message") {
    const words = texts.savedMessages;
    return { ...place, author: "", time: "", fullTime: "", text: words[what.kind], quiet: true, ordinal: undefined };
  }
  const { at, body, mine, ordinal } = what;
  const self = engine.account.get().displayName;
  const author = what.authorName || (mine ? self : texts.common.unknownPerson);
  const shown = { ...place, author, time: format.short(at, clock.now()), fullTime: format.full(at), ordinal };
  if (body.kind === "text") return { ...shown, text: oneLine(body.text, body.mentions, LONGEST_TEXT), quiet: false };
  const said = texts.conversation;
  const text = body.kind === "withheld" ? said.withheld : mine ? said.deletedMine : said.deleted;
  return { ...shown, text, quiet: true };
}
