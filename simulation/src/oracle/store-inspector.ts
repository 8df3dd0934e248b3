import { create } from "@bufbuild/protobuf";
import type { ReminderState } from "@parley/log";
import {
  type BlockedPerson,
  ChangesRequestSchema,
  type ConversationPreferences,
  type Head,
  HeadSchema,
  type HiddenMessages,
  limits,
  type Page,
  PageRequestSchema,
  ReceiptsRequestSchema,
  type Report,
  type SavedMessage,
  type ScheduledMessage,
} from "@parley/protocol";
import type { LogReader, LogSnapshot } from "@parley/server/parts";
import type { SeededRandom } from "../random/seeded-random.ts";
import { checkAccountLog } from "./check-account-log.ts";
import { checkBlockedRows } from "./check-blocked.ts";
import { checkReadState } from "./check-frame.ts";
import { checkHiddenRows } from "./check-hidden.ts";
import { checkLaw, checkRows } from "./check-law.ts";
import { checkMentions } from "./check-mentions.ts";
import { checkPage } from "./check-page.ts";
import { checkPictureRows } from "./check-pictures.ts";
import { checkPreferenceRows } from "./check-preferences.ts";
import { checkReminderRows } from "./check-reminders.ts";
import { checkReportRows } from "./check-reports.ts";
import { checkSavedRows } from "./check-saved.ts";
import { checkScheduledRows } from "./check-scheduled.ts";
import { checkThreadsAtRest } from "./check-threads.ts";
import { checkReceipts, checkShown } from "./check-told.ts";
import { checkVersions } from "./check-versions.ts";
import type { ToldMarks } from "./held-marks.ts";
import type { TruthKeeper } from "./truth-keeper.ts";
import type { Violation } from "./violation.ts";

const LAST_SEQ = 0xffff_ffff;

/** A page of earlier, kept to see whether changes bring it up to date. */
interface Sample {
  readonly viewer: string;
  readonly page: Page;
  readonly head: Head;
  readonly era: number;
}

const MOST_SAMPLES = 12;
const MOST_ACCOUNT_EVENTS = 100_000;
const MOST_REPORTS = 10_000;

/** Looks at the server's store: its rows, and whether a page of earlier and the changes since make the page of now. */
export class StoreInspector {
  /** How accounts treat conversations, as it was stored at rest. */
  readonly preferences = new Map<string, readonly ConversationPreferences[]>();
  /** The messages that accounts have saved, as it was stored at rest. */
  readonly saved = new Map<string, readonly SavedMessage[]>();
  /** The messages that wait to be posted, as it was stored at rest. */
  readonly scheduled = new Map<string, readonly ScheduledMessage[]>();
  /** The messages that accounts are to be reminded of, as it was stored at rest. */
  readonly reminders = new Map<string, readonly ReminderState[]>();
  /** Whom accounts block, as it was stored at rest. */
  readonly blocked = new Map<string, readonly BlockedPerson[]>();
  /** What accounts have hidden from themselves, as it was stored at rest. */
  readonly hidden = new Map<string, readonly HiddenMessages[]>();
  /** What was reported, as it was stored at rest. */
  reports: readonly Report[] = [];
  readonly #truth: TruthKeeper;
  readonly #random: SeededRandom;
  readonly #viewers: readonly string[];
  #samples: readonly Sample[] = [];
  /** Of all members, as they were at rest last. */
  toldMarks: readonly ToldMarks[] = [];

  constructor(truth: TruthKeeper, random: SeededRandom, viewers: readonly string[]) {
    this.#truth = truth;
    this.#random = random;
    this.#viewers = viewers;
  }

  async inspect(snapshot: LogSnapshot, reader: LogReader): Promise<Violation[]> {
    const violations: Violation[] = [];
    for (const [id, history] of this.#truth.ledger.logs) {
      const rows = await snapshot.entries(id, 1, history.entryHead + 1);
      violations.push(...(await checkPictureRows(history, id, this.#viewers, snapshot, reader)));
      violations.push(...(await checkVersions(history, id, (ordinal) => snapshot.versions(id, ordinal, LAST_SEQ))));
      violations.push(
        ...checkRows(
          history,
          id,
          rows.map(({ entry }) => entry),
        ),
      );
    }
    return [
      ...violations,
      ...(await this.#continueSamples(reader)),
      ...(await this.#takeSample(reader)),
      ...(await this.#askForReceipts(reader)),
    ];
  }

  /** At rest: what followers owed is done. */
  async inspectAtRest(snapshot: LogSnapshot, reader: LogReader): Promise<Violation[]> {
    const violations = await this.inspect(snapshot, reader);
    violations.push(...checkThreadsAtRest(this.#truth.ledger.logs));
    this.reports = await snapshot.openReports(MOST_REPORTS);
    for (const account of this.#viewers) {
      const events = await snapshot.accountEvents(account, 0, MOST_ACCOUNT_EVENTS);
      violations.push(...checkAccountLog(this.#truth.ledger, account, events));
      const stored = await snapshot.preferences(account);
      violations.push(...checkPreferenceRows(account, events, stored));
      this.preferences.set(account, stored);
      const saved = await snapshot.saved(account);
      violations.push(...checkSavedRows(account, events, saved));
      this.saved.set(account, saved);
      const scheduled = (await snapshot.scheduled(account)).map(({ message }) => message);
      violations.push(...checkScheduledRows(this.#truth.ledger, account, events, scheduled));
      this.scheduled.set(account, scheduled);
      violations.push(...checkReportRows(this.#truth.ledger, account, events, this.reports));
      const reminders = (await snapshot.reminders(account)).map(({ reminder }) => reminder);
      violations.push(...checkReminderRows(this.#truth.ledger, account, events, reminders));
      this.reminders.set(account, reminders);
      const hidden = await snapshot.allHidden(account);
      violations.push(...checkHiddenRows(this.#truth.ledger, account, events, hidden));
      this.hidden.set(account, hidden);
      const blocked = await snapshot.blockedPeople(account);
      violations.push(...checkBlockedRows(this.#truth.ledger, account, events, blocked));
      this.blocked.set(account, blocked);
      violations.push(...(await checkMentions(this.#truth.ledger, account, reader)));
      for (const [conversation, history] of this.#truth.ledger.logs) {
        if (!history.isPresent(account)) continue;
        const counted = await reader.readState(account, conversation);
        violations.push(...(counted === undefined ? [] : checkReadState(this.#truth.ledger, account, counted)));
      }
    }
    this.toldMarks = await this.#readToldMarks(snapshot);
    for (const { account, conversation, shown } of this.toldMarks) {
      violations.push(...checkShown(this.#truth.secrets, account, conversation, shown));
    }
    return violations;
  }

  async #readToldMarks(snapshot: LogSnapshot): Promise<ToldMarks[]> {
    const told: ToldMarks[] = [];
    for (const [conversation, { state }] of this.#truth.ledger.logs) {
      for (const { account } of state?.members ?? []) {
        const stored = await snapshot.membership(account, conversation);
        if (stored === undefined) continue;
        told.push({ account, conversation, delivered: stored.delivered, shown: stored.shown });
      }
    }
    return told;
  }

  async #continueSamples(reader: LogReader): Promise<Violation[]> {
    const violations: Violation[] = [];
    this.#samples = this.#samples.filter(({ era }) => era === this.#truth.era);
    for (const { viewer, page, head } of this.#samples) {
      const request = create(ChangesRequestSchema, { conversation: page.conversation, since: head });
      const changes = await reader.changes(viewer, request);
      if (changes?.$typeName !== "parley.v1.Changes") continue;
      violations.push(...checkLaw(this.#truth.ledger.log(page.conversation), viewer, page, changes));
    }
    return violations;
  }

  /** As the author of some message. */
  async #askForReceipts(reader: LogReader): Promise<Violation[]> {
    const { ledger, secrets } = this.#truth;
    const [conversation, history] = this.#random.pick([...ledger.logs]) ?? [];
    const ordinal = this.#random.integer(1, Math.max(1, history?.entryHead ?? 1));
    const entry = history?.historyAt(ordinal)?.at(-1);
    if (conversation === undefined || entry === undefined) return [];
    const receipts = await reader.receipts(
      entry.author,
      create(ReceiptsRequestSchema, { conversation, message: entry.id }),
    );
    return receipts === undefined ? [] : checkReceipts(secrets, entry.author, { conversation, ordinal }, receipts);
  }

  async #takeSample(reader: LogReader): Promise<Violation[]> {
    const viewer = this.#random.pick(this.#viewers);
    const conversation = this.#random.pick([...this.#truth.ledger.logs.keys()]);
    if (viewer === undefined || conversation === undefined) return [];
    const history = this.#truth.ledger.log(conversation);
    const request = create(PageRequestSchema, {
      conversation,
      cursor: { case: "newest", value: {} },
      limit: limits.pageEntries,
    });
    const page = await reader.page(viewer, request);
    const event = history.events[(page?.asOf ?? 0) - 1];
    if (page === undefined || event === undefined) return [];
    const head = create(HeadSchema, { conversation, seq: page.asOf, tag: event.tag });
    // Only a page from the first entry on can be compared as a whole.
    if (page.fromOrdinal <= 1) {
      this.#samples = [...this.#samples, { viewer, page, head, era: this.#truth.era }].slice(-MOST_SAMPLES);
    }
    return checkPage(history, viewer, page);
  }
}
