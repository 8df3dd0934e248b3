import type { Entry } from "@parley/protocol";

/** The text of a message as it stands; undefined if it is deleted, withheld, sealed, or no message. */
export function textOf(entry: Entry): string | undefined {
  if (entry.body.case !== "message" || entry.body.value.state.case !== "content") return undefined;
  const { form } = entry.body.value.state.value;
  return form.case === "plain" ? form.value.text : undefined;
}
