import type { DueRecord } from "../../log/records.ts";
import type { DueTable } from "../tables.ts";

type Kind = DueRecord["kind"];

/** Numbers of the kinds, never used again. */
const kinds: Readonly<Record<Kind, number>> = {
  scheduled: 1,
  reminder: 2,
  report: 30,
  expiry: 40,
  reading: 41,
  parting: 50,
};

const kindsByNumber = new Map(Object.entries(kinds).map(([kind, number]) => [number, kind as Kind]));

export function dueRow({ kind, account, conversation, subject, at }: DueRecord): DueTable {
  return { kind: kinds[kind], account, conversation, subject, at };
}

export function dueRecord(row: DueTable): DueRecord {
  const kind = kindsByNumber.get(row.kind);
  if (kind === undefined) throw new Error(`What is due is of the unknown kind ${row.kind}.`);
  const { account, conversation, subject, at } = row;
  return { kind, account, conversation, subject, at };
}
