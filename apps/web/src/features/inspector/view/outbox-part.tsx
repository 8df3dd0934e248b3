import { useObservable } from "../../../observable/use-observable.ts";
import type { InspectorPartProps } from "./inspector-part.ts";
import { InspectorTable } from "./inspector-table.tsx";

/** The commands that wait or were rejected. */
export function OutboxPart({ model, words }: InspectorPartProps) {
  const { engine } = useObservable(model);
  const { outbox, outboxSize } = engine ?? { outbox: [], outboxSize: 0 };
  if (outbox.length === 0) return <p>{words.outboxEmpty}</p>;
  const { columns } = words;
  const titles = [columns.command, columns.log, columns.body, columns.bytes, columns.possiblySent, columns.state];
  const rows = outbox.map(({ id, log, body, bytes, possiblySent, state }) => ({
    id,
    cells: [id, log, body, bytes, possiblySent ? words.yes : words.no, state],
  }));
  return (
    <>
      {outboxSize > outbox.length && <p>{words.outboxMore(outbox.length, outboxSize)}</p>}
      <InspectorTable label={words.views.outbox} columns={titles} rows={rows} />
    </>
  );
}
