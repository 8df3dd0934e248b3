import { type Marks, mergeMarks, noMarks } from "@parley/log";
import type { Ledger, Violation } from "@parley/simulation/oracle";
import type { ConnectionHistory, DeviceHistory, History } from "../history/history.ts";

interface Mark extends Marks {
  readonly conversation: string;
}

/** Marks never go back and are never invented, and what was answered stays; unread is what a recount says. */
export function checkMarks(history: History, ledger: Ledger): Violation[] {
  const finals = new Map(history.readings.map(({ account, statuses }) => [account, finalsOf(statuses)]));
  return [
    ...history.devices.flatMap(checkMonotone),
    ...history.readings.flatMap(({ account }) =>
      checkFinal(history, account, finals.get(account) ?? new Map(), ledger),
    ),
    ...history.devices.flatMap((device) => checkOthers(device, finals)),
    ...checkUnread(history, ledger),
  ];
}

function finalsOf(statuses: History["readings"][number]["statuses"]): Map<string, Marks> {
  return new Map(
    statuses.map(({ head, read }) => [
      head?.conversation ?? "",
      { delivered: read?.delivered ?? 0, read: read?.read ?? 0 },
    ]),
  );
}

/** On one socket the marks of one account only grow. */
function checkMonotone({ name, account, connections }: DeviceHistory): Violation[] {
  return connections.flatMap(({ readStates, memberMarks }) => [
    ...backsteps(name, readStates, () => account),
    ...backsteps(name, memberMarks, (mark) => mark.account),
  ]);
}

function backsteps<M extends Mark>(device: string, marks: readonly M[], of: (mark: M) => string): Violation[] {
  const last = new Map<string, Marks>();
  const violations: Violation[] = [];
  for (const mark of marks) {
    const key = `${of(mark)} in ${mark.conversation}`;
    const before = last.get(key) ?? noMarks;
    if (mark.delivered < before.delivered || mark.read < before.read) {
      violations.push({ rule: "MRK1", detail: `${device} was told ${text(mark)} of ${key} after ${text(before)}` });
    }
    last.set(key, mergeMarks(before, mark));
  }
  return violations;
}

/** What the server holds at the end is at least what it ever told, and at most what was ever asked for and can be seen. */
function checkFinal(
  { devices }: History,
  account: string,
  finals: ReadonlyMap<string, Marks>,
  ledger: Ledger,
): Violation[] {
  const own = devices.filter((device) => device.account === account);
  const told = largest(own.flatMap(({ connections }) => connections.flatMap(({ readStates }) => readStates)));
  const asked = largest(own.flatMap(({ marked }) => marked));
  const violations: Violation[] = [];
  for (const [conversation, final] of finals) {
    const where = `${account} has the marks ${text(final)} in ${conversation}`;
    const least = told.get(conversation) ?? noMarks;
    const most = mergeMarks(asked.get(conversation) ?? noMarks, noMarks);
    if (final.delivered < least.delivered || final.read < least.read) {
      violations.push({ rule: "MRK1", detail: `${where}, but was told ${text(least)}` });
    }
    if (final.delivered > most.delivered || final.read > most.read) {
      violations.push({ rule: "MRK1", detail: `${where}, but asked only for ${text(most)}` });
    }
    const history = ledger.logs.get(conversation);
    const newest = history?.visibleEntryHead(account, history.viewerHead(account)) ?? 0;
    if (final.delivered > newest) violations.push({ rule: "MRK2", detail: `${where}, beyond ${newest}` });
    const cut = ledger.blocks.cutOf(account, conversation) ?? final.delivered;
    if (final.delivered > cut)
      violations.push({ rule: "BLK2", detail: `${where}, and blocks the other from ${cut} on` });
  }
  return violations;
}

/** Nobody is told more of another's marks than there is. */
function checkOthers(
  { name, connections }: DeviceHistory,
  finals: ReadonlyMap<string, ReadonlyMap<string, Marks>>,
): Violation[] {
  const marks = connections.flatMap(({ memberMarks }: ConnectionHistory) => memberMarks);
  return marks.flatMap((mark) => {
    const final = finals.get(mark.account)?.get(mark.conversation);
    if (final === undefined || (mark.delivered <= final.delivered && mark.read <= final.read)) return [];
    const detail = `${name} was told ${text(mark)} of ${mark.account} in ${mark.conversation}, which has ${text(final)}`;
    return [{ rule: "MRK1", detail }];
  });
}

function checkUnread({ readings }: History, ledger: Ledger): Violation[] {
  return readings.flatMap(({ account, statuses }) =>
    statuses.flatMap(({ head, read }) => {
      const history = ledger.logs.get(head?.conversation ?? "");
      if (history === undefined) return [];
      const unread = read?.unread ?? 0;
      const hidden = ledger.uncountedBy(account, head?.conversation ?? "");
      if (history.isUnread(unread, account, read?.read ?? 0, history.viewerHead(account), hidden)) return [];
      const recount = history.unread(account, read?.read ?? 0, history.viewerHead(account), hidden);
      return [{ rule: "MRK3", detail: `${account} has ${unread} unread in ${head?.conversation}, not ${recount}` }];
    }),
  );
}

function largest(marks: readonly Mark[]): Map<string, Marks> {
  const most = new Map<string, Marks>();
  for (const mark of marks) most.set(mark.conversation, mergeMarks(most.get(mark.conversation) ?? noMarks, mark));
  return most;
}

function text({ delivered, read }: Marks): string {
  return `${delivered}/${read}`;
}
