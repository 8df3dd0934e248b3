import { type Content, ConversationKind, type Report, type ReportedMessage, ReportReason } from "@parley/protocol";
import { codeOf } from "./report-desk.ts";

type Names = ReadonlyMap<string, string>;

const reasons: Readonly<Record<ReportReason, string>> = {
  [ReportReason.UNSPECIFIED]: "no reason",
  [ReportReason.SPAM]: "spam",
  [ReportReason.HARASSMENT]: "harassment",
  [ReportReason.ILLEGAL]: "illegal content",
  [ReportReason.OTHER]: "other",
};

/** One line of the list. */
export function reportLine(report: Report, names: Names): string {
  const { closedAt, messages, reason, receivedAt, reporter } = report;
  const reported = messages.filter((message) => message.reported);
  const authors = [...new Set(reported.map(({ author }) => nameOf(author, names)))].join(", ");
  const what = reported.length === 1 ? "1 message" : `${reported.length} messages`;
  const line = `${codeOf(report)}  ${timeText(receivedAt)}  ${reasons[reason]}: ${what} of ${authors}, reported by ${nameOf(reporter, names)}`;
  return oneLine(closedAt === 0 ? line : `${line} (closed ${timeText(closedAt)})`);
}

/** All of it, for reading. What people wrote is indented, so that nothing of it looks like a line of this program. */
export function reportPage(report: Report, names: Names): string {
  const { closedAt, keptUntil, messages, note } = report;
  return [
    reportLine(report, names),
    oneLine(`In ${placeText(report)}`),
    closedAt === 0 ? `Erased ${timeText(keptUntil)}` : `Closed ${timeText(closedAt)}, erased ${timeText(keptUntil)}`,
    ...(note === "" ? [] : ["", "The reporter says:", indented(note)]),
    "",
    ...messages.flatMap((message) => messageLines(message, names)),
  ].join("\n");
}

function messageLines(message: ReportedMessage, names: Names): string[] {
  const { author, content, editedAt, receivedAt, reported } = message;
  const edited = editedAt === 0 ? "" : `, edited ${timeText(editedAt)}`;
  const head = `${reported ? ">" : " "} ${nameOf(author, names)}, ${timeText(receivedAt)}${edited}`;
  return [
    oneLine(head),
    indented(content === undefined ? "(no text: deleted, or out of the reporter's sight)" : textOf(content)),
  ];
}

function textOf({ form }: Content): string {
  return form.case === "plain" ? form.value.text : "(encrypted)";
}

function placeText({ conversation, kind, title }: Report): string {
  switch (kind) {
    case ConversationKind.DIRECT:
      return `a direct conversation, ${conversation}`;
    case ConversationKind.THREAD:
      return `a thread, ${conversation}`;
    default:
      return `the group ${JSON.stringify(title)}, ${conversation}`;
  }
}

function nameOf(account: string, names: Names): string {
  return names.get(account) ?? account;
}

function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Names are other people's words, too: none may begin a line or move the cursor. */
function oneLine(text: string): string {
  return plain(text).replaceAll("\n", " ");
}

function indented(text: string): string {
  return plain(text)
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

/** Without what commands a terminal or turns the direction of text. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
