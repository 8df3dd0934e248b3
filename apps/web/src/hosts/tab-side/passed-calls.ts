import type {
  Engine,
  InviteLookUp,
  MentionsView,
  PlacedMessage,
  ReceiptsView,
  SavedView,
  SearchPage,
  SearchResult,
  VersionsView,
} from "@parley/client";
import type { EngineCall, EngineTell } from "../protocol/engine-calls.ts";

/** The methods of an engine that a tab only passes on. */
export abstract class PassedCalls {
  protected abstract call(what: EngineCall): Promise<unknown>;
  protected abstract tell(what: EngineTell): void;

  startDirect(...args: Parameters<Engine["startDirect"]>): Promise<string> {
    return this.text({ method: "startDirect", args });
  }

  startGroup(...args: Parameters<Engine["startGroup"]>): Promise<string> {
    return this.text({ method: "startGroup", args });
  }

  followThread(...args: Parameters<Engine["followThread"]>): Promise<string> {
    return this.text({ method: "followThread", args });
  }

  async forward(...args: Parameters<Engine["forward"]>): Promise<number> {
    return Number(await this.call({ method: "forward", args }));
  }

  async edit(...args: Parameters<Engine["edit"]>): Promise<void> {
    await this.call({ method: "edit", args });
  }

  async deleteMessage(...args: Parameters<Engine["deleteMessage"]>): Promise<void> {
    await this.call({ method: "deleteMessage", args });
  }

  async react(...args: Parameters<Engine["react"]>): Promise<void> {
    await this.call({ method: "react", args });
  }

  async pinMessage(...args: Parameters<Engine["pinMessage"]>): Promise<void> {
    await this.call({ method: "pinMessage", args });
  }

  async addMembers(...args: Parameters<Engine["addMembers"]>): Promise<void> {
    await this.call({ method: "addMembers", args });
  }

  async removeMembers(...args: Parameters<Engine["removeMembers"]>): Promise<void> {
    await this.call({ method: "removeMembers", args });
  }

  async leave(...args: Parameters<Engine["leave"]>): Promise<void> {
    await this.call({ method: "leave", args });
  }

  async setTitle(...args: Parameters<Engine["setTitle"]>): Promise<void> {
    await this.call({ method: "setTitle", args });
  }

  async setRole(...args: Parameters<Engine["setRole"]>): Promise<void> {
    await this.call({ method: "setRole", args });
  }

  async setTimer(...args: Parameters<Engine["setTimer"]>): Promise<void> {
    await this.call({ method: "setTimer", args });
  }

  async setDescription(...args: Parameters<Engine["setDescription"]>): Promise<void> {
    await this.call({ method: "setDescription", args });
  }

  async setPicture(...args: Parameters<Engine["setPicture"]>): Promise<void> {
    await this.call({ method: "setPicture", args });
  }

  async picture(...args: Parameters<Engine["picture"]>): Promise<Uint8Array> {
    // As above.
    return (await this.call({ method: "picture", args })) as Uint8Array;
  }

  async makeInvite(...args: Parameters<Engine["makeInvite"]>): Promise<void> {
    await this.call({ method: "makeInvite", args });
  }

  async revokeInvite(...args: Parameters<Engine["revokeInvite"]>): Promise<void> {
    await this.call({ method: "revokeInvite", args });
  }

  async lookUpInvite(...args: Parameters<Engine["lookUpInvite"]>): Promise<InviteLookUp> {
    // Both sides are of one version: the answer is what the engine's method of that name returns.
    return (await this.call({ method: "lookUpInvite", args })) as InviteLookUp;
  }

  join(...args: Parameters<Engine["join"]>): Promise<string> {
    return this.text({ method: "join", args });
  }

  async cancelJoin(...args: Parameters<Engine["cancelJoin"]>): Promise<void> {
    await this.call({ method: "cancelJoin", args });
  }

  async answerJoin(...args: Parameters<Engine["answerJoin"]>): Promise<void> {
    await this.call({ method: "answerJoin", args });
  }

  async prefer(...args: Parameters<Engine["prefer"]>): Promise<void> {
    await this.call({ method: "prefer", args });
  }

  async save(...args: Parameters<Engine["save"]>): Promise<void> {
    await this.call({ method: "save", args });
  }

  async hide(...args: Parameters<Engine["hide"]>): Promise<void> {
    await this.call({ method: "hide", args });
  }

  async clear(...args: Parameters<Engine["clear"]>): Promise<void> {
    await this.call({ method: "clear", args });
  }

  async block(...args: Parameters<Engine["block"]>): Promise<void> {
    await this.call({ method: "block", args });
  }

  async schedule(...args: Parameters<Engine["schedule"]>): Promise<void> {
    await this.call({ method: "schedule", args });
  }

  async changeScheduled(...args: Parameters<Engine["changeScheduled"]>): Promise<void> {
    await this.call({ method: "changeScheduled", args });
  }

  async cancelScheduled(...args: Parameters<Engine["cancelScheduled"]>): Promise<void> {
    await this.call({ method: "cancelScheduled", args });
  }

  async report(...args: Parameters<Engine["report"]>): Promise<void> {
    await this.call({ method: "report", args });
  }

  async remind(...args: Parameters<Engine["remind"]>): Promise<void> {
    await this.call({ method: "remind", args });
  }

  async clearReminder(...args: Parameters<Engine["clearReminder"]>): Promise<void> {
    await this.call({ method: "clearReminder", args });
  }

  async takeLeftOut(...args: Parameters<Engine["takeLeftOut"]>): Promise<boolean> {
    return (await this.call({ method: "takeLeftOut", args })) === true;
  }

  async saveDraft(...args: Parameters<Engine["saveDraft"]>): Promise<void> {
    await this.call({ method: "saveDraft", args });
  }

  draft(conversation: string): Promise<string> {
    return this.text({ method: "draft", args: [conversation] });
  }

  async receipts(...args: Parameters<Engine["receipts"]>): Promise<ReceiptsView> {
    // Both sides are of one version: the answer is what the engine's method of that name returns.
    return (await this.call({ method: "receipts", args })) as ReceiptsView;
  }

  async savedMessages(...args: Parameters<Engine["savedMessages"]>): Promise<SavedView> {
    // As above.
    return (await this.call({ method: "savedMessages", args })) as SavedView;
  }

  async messagesAt(...args: Parameters<Engine["messagesAt"]>): Promise<readonly PlacedMessage[]> {
    // As above.
    return (await this.call({ method: "messagesAt", args })) as readonly PlacedMessage[];
  }

  async mentions(...args: Parameters<Engine["mentions"]>): Promise<MentionsView> {
    // As above.
    return (await this.call({ method: "mentions", args })) as MentionsView;
  }

  async nextMention(conversation: string): ReturnType<Engine["nextMention"]> {
    // As above.
    return (await this.call({ method: "nextMention", args: [conversation] })) as Awaited<
      ReturnType<Engine["nextMention"]>
    >;
  }

  async versions(...args: Parameters<Engine["versions"]>): Promise<VersionsView> {
    // As above.
    return (await this.call({ method: "versions", args })) as VersionsView;
  }

  async search(...args: Parameters<Engine["search"]>): Promise<SearchPage> {
    // As above.
    return (await this.call({ method: "search", args })) as SearchPage;
  }

  async searchAgain(...args: Parameters<Engine["searchAgain"]>): Promise<readonly SearchResult[]> {
    // As above.
    return (await this.call({ method: "searchAgain", args })) as readonly SearchResult[];
  }

  markRead(conversation: string, ordinal: number): void {
    this.tell({ method: "markRead", args: [conversation, ordinal] });
  }

  typing(conversation: string, active: boolean): void {
    this.tell({ method: "typing", args: [conversation, active] });
  }

  reconnect(): void {
    this.tell({ method: "reconnect", args: [] });
  }

  protected async text(what: EngineCall): Promise<string> {
    return String(await this.call(what));
  }
}
