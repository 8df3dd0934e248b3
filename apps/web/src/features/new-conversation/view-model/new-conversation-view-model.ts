import type { AccountView, Clock, Engine, Observable } from "@parley/client";
import { limits } from "@parley/protocol";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import { PeoplePickerViewModel } from "../../people/view-model/people-picker-view-model.ts";
import type { FindPeople } from "../../people/view-model/person.ts";

export interface NewConversationSnapshot {
  readonly group: boolean;
  readonly groupName: string;
  readonly groupNameError: string | undefined;
  readonly canStart: boolean;
  readonly busy: boolean;
  readonly problem: string | undefined;
}

export interface NewConversationPorts {
  readonly engine: Pick<Engine, "conversations" | "startDirect" | "startGroup">;
  readonly account: Observable<AccountView>;
  readonly findPeople: FindPeople;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly newId: () => string;
  readonly started: (conversation: string) => void;
}

/** Starts a direct conversation with one person, or a group with more. */
export class NewConversationViewModel implements Observable<NewConversationSnapshot> {
  readonly people: PeoplePickerViewModel;
  readonly #ports: NewConversationPorts;
  readonly #snapshot: ObservedValue<NewConversationSnapshot>;
  readonly #stopListening: () => void;

  constructor(ports: NewConversationPorts) {
    this.#ports = ports;
    this.people = new PeoplePickerViewModel({
      conversations: ports.engine.conversations,
      findPeople: ports.findPeople,
      clock: ports.clock,
      without: new Set(),
      self: ports.account.get().account,
    });
    this.#snapshot = new ObservedValue<NewConversationSnapshot>({
      group: false,
      groupName: "",
      groupNameError: undefined,
      canStart: false,
      busy: false,
      problem: undefined,
    });
    this.#stopListening = this.people.subscribe(() => this.#chosenChanged());
  }

  get = (): NewConversationSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  dispose = (): void => {
    this.#stopListening();
    this.people.dispose();
  };

  setGroupName = (groupName: string): void => this.#snapshot.change({ groupName, groupNameError: undefined });

  start = async (): Promise<void> => {
    const { canStart, busy, group, groupName } = this.get();
    if (!canStart || busy) return;
    const { texts } = this.#ports;
    if (group && groupName.trim() === "") {
      this.#snapshot.change({ groupNameError: texts.newConversation.groupNameMissing });
      return;
    }
    await this.#go(() => this.#begin(group, groupName.trim()));
  };

  /** Goes to one's notes, begun by that if there are none. */
  startNotes = async (): Promise<void> => {
    const { engine, newId, account } = this.#ports;
    if (!this.get().busy) await this.#go(() => engine.startDirect(newId(), account.get().account));
  };

  async #go(begin: () => Promise<string>): Promise<void> {
    const { texts, started } = this.#ports;
    this.#snapshot.change({ busy: true, problem: undefined });
    try {
      started(await begin());
    } catch {
      this.#snapshot.change({ busy: false, problem: texts.conversation.actionFailed });
    }
  }

  #begin(group: boolean, title: string): Promise<string> {
    const { engine, newId, account } = this.#ports;
    const accounts = this.people.get().chosen.map((person) => person.account);
    const [only] = accounts;
    if (!group && only !== undefined) return engine.startDirect(newId(), only);
    const others = accounts.filter((one) => one !== account.get().account);
    return engine.startGroup(newId(), others, title.slice(0, limits.titleCharacters));
  }

  #chosenChanged(): void {
    const { chosen } = this.people.get();
    const group = chosen.length > 1;
    const canStart = chosen.length > 0 && chosen.length < limits.membersPerGroup;
    const before = this.get();
    if (group !== before.group || canStart !== before.canStart) this.#snapshot.change({ group, canStart });
  }
}
