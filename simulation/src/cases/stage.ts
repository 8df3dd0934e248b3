import type { ConversationView, PreferenceChange } from "@parley/client";
import { directConversationId, Encryption } from "@parley/protocol";
import type { Browser } from "../device/browser/browser.ts";
import type { Device } from "../device/device.ts";
import type { Owner } from "../device/owner.ts";
import type { Screen } from "../device/screen.ts";
import type { World } from "../world.ts";

/** A world with a hand on it: what a case needs to say to make one thing happen at one moment. */
export class Stage {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The browser that a device runs. */
  browser(name: string): Browser {
    const { browser } = this.device(name);
    if (browser === undefined) throw new Error(`${name} runs no browser`);
    return browser;
  }

  device(name: string): Device {
    return this.world.device(name);
  }

  owner(name: string): Owner {
    const { owner } = this.device(name);
    if (owner === undefined) throw new Error(`${name} does not run`);
    return owner;
  }

  account(name: string): string {
    return this.device(name).account;
  }

  /** Types a post; its id. */
  post(name: string, conversation: string, text: string, replyTo?: string): string {
    return this.world.typist.post(this.device(name), conversation, text, undefined, replyTo);
  }

  /** Goes on with a draft that said this. */
  draft(name: string, conversation: string, text: string, from: string): void {
    this.world.typist.draft(this.device(name), conversation, text, from);
  }

  /** Posts a draft; the id of the message. */
  postDraft(name: string, conversation: string, draft: string): string {
    return this.world.typist.post(this.device(name), conversation, draft, draft);
  }

  prefer(name: string, conversation: string, change: PreferenceChange): void {
    this.world.typist.prefer(this.device(name), conversation, change);
  }

  save(name: string, conversation: string, message: string, saved: boolean): void {
    this.world.typist.save(this.device(name), conversation, message, saved);
  }

  /** Has a message posted later; the id of the command. */
  schedule(name: string, conversation: string, text: string, at: number): string {
    return this.world.typist.schedule(this.device(name), conversation, text, at);
  }

  changeScheduled(name: string, target: string, text: string, at: number): void {
    this.world.typist.changeScheduled(this.device(name), target, text, at);
  }

  cancelScheduled(name: string, target: string): void {
    this.world.typist.cancelScheduled(this.device(name), target);
  }

  /** Tells the admins of messages; the id of the command. */
  report(name: string, conversation: string, withContext: boolean, ...messages: readonly string[]): string {
    return this.world.typist.report(this.device(name), conversation, messages, withContext);
  }

  /** Has a person reminded of a message; the id of the command. */
  remind(name: string, conversation: string, message: string, at: number): string {
    return this.world.typist.remind(this.device(name), conversation, message, at);
  }

  clearReminder(name: string, conversation: string, message: string): string {
    return this.world.typist.clearReminder(this.device(name), conversation, message);
  }

  /** What a device shows of reminders, in the order of their times. */
  reminders(name: string): string {
    const shown = this.owner(name).engine.account.get().reminders ?? [];
    return shown.map(({ state }) => state).join(", ");
  }

  hide(name: string, conversation: string, ...messages: readonly string[]): void {
    this.world.typist.hide(this.device(name), conversation, messages);
  }

  clear(name: string, conversation: string, unlists: boolean): void {
    this.world.typist.clear(this.device(name), conversation, unlists);
  }

  block(name: string, other: string, blocked: boolean): void {
    this.world.typist.block(this.device(name), this.account(other), blocked);
  }

  /** The direct conversation of two, begun by the first and known to both. */
  async direct(one: string, other: string): Promise<string> {
    const conversation = directConversationId(this.account(one), this.account(other), Encryption.NONE);
    this.world.typist.startDirect(this.device(one), this.account(other));
    for (const name of [one, other]) await this.world.until(() => this.listed(name, conversation) !== undefined);
    return conversation;
  }

  /** A group made by the first, known to the devices of all. */
  async group(...names: readonly [string, ...string[]]): Promise<string> {
    const [founder, ...others] = names;
    const before = new Set(this.world.truth.ledger.logs.keys());
    this.world.typist.startGroup(
      this.device(founder),
      others.map((name) => this.account(name)),
      "Group",
    );
    const made = () => [...this.world.truth.ledger.logs].find(([id, log]) => log.head > 0 && !before.has(id))?.[0];
    await this.world.until(() => made() !== undefined);
    const conversation = made() ?? "";
    for (const name of names) await this.world.until(() => this.listed(name, conversation) !== undefined);
    return conversation;
  }

  listed(name: string, conversation: string): ConversationView | undefined {
    return this.owner(name)
      .engine.conversations.get()
      .conversations.find(({ id }) => id === conversation);
  }

  /** Opens a conversation and waits until it is shown. */
  async look(name: string, conversation: string): Promise<Screen> {
    const screen = this.owner(name).open(conversation);
    await this.world.until(() => screen.view.loaded);
    return screen;
  }

  /** Whether the server has given a verdict. */
  judged(id: string): boolean {
    return this.world.truth.ledger.verdictOf(id) !== undefined;
  }

  accepted(id: string): boolean {
    return this.world.truth.ledger.verdictOf(id)?.outcome.case === "accepted";
  }

  /** Until the server has judged all of these. */
  async untilJudged(...ids: readonly string[]): Promise<void> {
    await this.world.until(() => ids.every((id) => this.judged(id)));
  }

  async untilOnline(...names: readonly string[]): Promise<void> {
    const online = (name: string) => this.device(name).owner?.engine.connection.get().kind === "online";
    await this.world.until(() => names.every(online));
  }

  /** The texts of a log as they stand, in their order; undefined where a message is deleted. */
  texts(conversation: string): (string | undefined)[] {
    const history = this.world.truth.ledger.log(conversation);
    return Array.from({ length: history.entryHead }, (_, index) => history.historyAt(index + 1)?.at(-1)).flatMap(
      (entry) => {
        if (entry?.body.case !== "message") return [];
        const { state } = entry.body.value;
        if (state.case !== "content" || state.value.form.case !== "plain") return [undefined];
        return [state.value.form.value.text];
      },
    );
  }
}
