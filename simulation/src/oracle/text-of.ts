import type { Entry } from "@parley/protocol";

/** The text of a message as it stands; undefined if it is deleted, withheld, sealed, or no message. */
export function textOf(entry: Entry): string | undefined {
  if (entry.body.case !== "message" || entry.body.value.state.case !== "content") return undefined;
  const { form } = entry.body.value.state.value;
  return form.case === "plain" ? form.value.text : undefined;
}

/** Whether a message is one that was passed on. */
export function isForwarded(entry: Entry): boolean {
  if (entry.body.case !== "message" || entry.body.value.state.case !== "content") return false;
  const { form } = entry.body.value.state.value;
  return form.case === "plain" && form.value.forwarded;
}

/** The message that a message answers as it stands; empty if none, or if that cannot be read. */
export function replyToOf(entry: Entry): string {
  if (entry.body.case !== "message" || entry.body.value.state.case !== "content") return "";
  const { form } = entry.body.value.state.value;
  return form.case === "plain" ? form.value.replyTo : "";
}
