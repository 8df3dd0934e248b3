import type { EngineInspection } from "@parley/client";
import { useObservable } from "../../../observable/use-observable.ts";
import { enInspector as words } from "../../../texts/en-inspector.ts";
import type { InspectorViewModel } from "../view-model/inspector-view-model.ts";
import { InspectorTable } from "./inspector-table.tsx";

type Inspected = EngineInspection["conversations"][number];

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
  const { engine } = useObservable(model);
  const rows = (engine?.conversations ?? []).map((conversation) => ({
    id: conversation.id,
    cells: cellsOf(conversation),
  }));
  return <InspectorTable label={words.views.conversations} columns={titles} rows={rows} />;
}

function cellsOf(conversation: Inspected): readonly (string | number)[] {
  const { id, kind, headSeq, headTag, entryHead, ranges, staleRanges, read, wanted, unread, catchUp } = conversation;
  const head = `${headSeq} #${headTag.toString(16)}`;
  return [id, kind, head, entryHead, runs(ranges), runs(staleRanges), marks(read), marks(wanted), unread, catchUp];
}

function runs(ranges: Inspected["ranges"]): string {
  return ranges.map(({ from, to }) => `${from}–${to}`).join(", ");
}

function marks({ delivered, read }: Inspected["read"]): string {
  return `${delivered} / ${read}`;
}
