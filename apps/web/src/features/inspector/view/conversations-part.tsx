import { useObservable } from "../../../observable/use-observable.ts";
import { enInspector as words } from "../../../texts/en-inspector.ts";
import type { InspectorViewModel } from "../view-model/inspector-view-model.ts";
import { InspectorTable } from "./inspector-table.tsx";

const { columns } = words;
const titles = [
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

/** Heads, ranges and marks of each conversation. */
export function ConversationsPart({ model }: { readonly model: InspectorViewModel }) {
  const { conversations } = useObservable(model);
  const rows = conversations.map((cells) => ({ id: cells.id, cells: Object.values(cells) }));
  return <InspectorTable label={words.views.conversations} columns={titles} rows={rows} />;
}
