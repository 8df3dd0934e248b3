import type { AccountView, Engine, ReminderItem } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import type { Texts } from "../../../texts/en.ts";
import type { NoticeAction, Notices } from "../../notices/view-model/notices.ts";
import { reminderText } from "./reminder-text.ts";

/** What somebody wants to do about what they are reminded of: go to the message, be reminded later, or see all that is due. */
export type ReminderAsked =
  | { readonly kind: "open" | "later"; readonly item: ReminderItem }
  | { readonly kind: "list" };

export interface ReminderNoticesPorts {
  readonly engine: Pick<Engine, "account" | "conversations" | "messagesAt">;
  readonly texts: Texts;
  readonly notices: Pick<Notices, "show">;
  readonly ask: (asked: ReminderAsked) => void;
}

interface Known {
  readonly due: ReadonlySet<string>;
  /** The last loss that was said. */
  readonly lost: number;
}

/** Says in this tab what one is reminded of, once, and which reminders ended by themselves. What was due when the tab was opened is counted where the reminders are opened. */
export class ReminderNotices {
  readonly #ports: ReminderNoticesPorts;
  readonly #disposables = new Disposables();
  /** Undefined until what is stored on this device was told. */
  #known: Known | undefined;
  #looks = false;

  constructor(ports: ReminderNoticesPorts) {
    this.#ports = ports;
    const changed = () => this.#changed();
    this.#disposables.add(ports.engine.account.subscribe(changed), ports.engine.conversations.subscribe(changed));
    changed();
  }

  dispose = (): void => this.#disposables.dispose();

  /** The parts of a view that change together are told one after the other. */
  #changed(): void {
    if (this.#looks) return;
    this.#looks = true;
    queueMicrotask(() => {
      this.#looks = false;
      this.#look();
    });
  }

  #look(): void {
    const { account, conversations } = this.#ports.engine;
    if (this.#known === undefined && !conversations.get().loaded) return;
    const view = account.get();
    const due = (view.reminders ?? []).filter(({ state }) => state === "due");
    const before = this.#known;
    this.#known = { due: new Set(due.map(keyOf)), lost: view.lostReminders?.seq ?? 0 };
    if (before === undefined) return;
    const fresh = due.filter((item) => !before.due.has(keyOf(item)));
    if (fresh.length > 0) void this.#tell(fresh);
    this.#tellLost(view, before.lost);
  }

  async #tell(fresh: readonly ReminderItem[]): Promise<void> {
    this.#ports.notices.show(await reminderText(fresh, this.#ports), "note", this.#actionsOn(fresh));
  }

  #actionsOn([item, ...others]: readonly ReminderItem[]): readonly NoticeAction[] {
    const { ask, texts } = this.#ports;
    const { open, later } = texts.reminders;
    if (item === undefined || others.length > 0) return [{ label: open, act: () => ask({ kind: "list" }) }];
    return [
      { label: open, act: () => ask({ kind: "open", item }) },
      { label: later, act: () => ask({ kind: "later", item }) },
    ];
  }

  #tellLost({ lostReminders }: AccountView, before: number): void {
    if (lostReminders === undefined || lostReminders.seq <= before) return;
    const { notices, texts } = this.#ports;
    notices.show(texts.reminders.lost[lostReminders.why](lostReminders.count));
  }
}

function keyOf({ conversation, message }: ReminderItem): string {
  return `${conversation} ${message}`;
}
