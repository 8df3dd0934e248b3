import { useObservable } from "../../../observable/use-observable.ts";
import type { InspectorTexts } from "../../../texts/en-inspector.ts";
import type { InspectorPartProps } from "./inspector-part.ts";
import { InspectorTable } from "./inspector-table.tsx";

/** Heads, ranges and marks of each conversation. */
export function ConversationsPart({ model, words }: InspectorPartProps) {
  const { conversations } = useObservable(model);
  const rows = conversations.map((cells) => ({ id: cells.id, cells: Object.values(cells) }));
  return <InspectorTable label={words.views.conversations} columns={titles(words)} rows={rows} />;
}

function titles({ columns }: InspectorTexts): readonly string[] {
  return [
    columns.conversation,
    columns.kind,
    columns.head,
    columns.entryHead,
    columns.ranges,
    columns.stale,
    columns.marks,
    columns.wanted,
    columns.unread,
    columns.catchUp,
  ];
}
