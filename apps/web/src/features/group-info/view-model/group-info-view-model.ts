import type {
  AccountView,
  Clock,
  Engine,
  MemberView,
  Observable,
  RightsView,
  RoleName,
  Timeline,
} from "@parley/client";
import { limits } from "@parley/protocol";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import { PeoplePickerViewModel } from "../../people/view-model/people-picker-view-model.ts";
import type { FindPeople } from "../../people/view-model/person.ts";
import { GroupInvitesViewModel } from "./group-invites-view-model.ts";

export type GroupRole = RoleName;

export interface GroupMember {
  readonly account: string;
  readonly name: string;
  /** With "(you)" where it is oneself. */
  readonly label: string;
  readonly userName: string;
  readonly online: boolean;
  /** Empty for ordinary members. */
  readonly role: string;
  readonly self: boolean;
  readonly roleName: GroupRole;
  /** Other roles that one may give them, or oneself. */
  readonly otherRoles: readonly GroupRole[];
  readonly removable: boolean;
  readonly blocked: boolean;
}

export interface GroupInfoSnapshot {
  readonly title: string;
  readonly seed: string;
  /** Its picture; undefined where it has none. */
  readonly image: string | undefined;
  /** A file was chosen, and the picture is being made of it. */
  readonly makingPicture: boolean;
  /** The title as it is being typed. */
  readonly newTitle: string;
  readonly description: string;
  /** The description as it is being written; undefined while it is not. */
  readonly newDescription: string | undefined;
  readonly members: readonly GroupMember[];
  readonly memberCount: number;
  readonly rights: RightsView;
  /** Others are left when one leaves, and none of them is an owner. */
  readonly lastOwner: boolean;
  readonly adding: PeoplePickerViewModel | undefined;
}

export interface GroupInfoPorts {
  readonly conversation: string;
  readonly engine: Engine;
  readonly account: Observable<AccountView>;
  readonly findPeople: FindPeople;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly notices: Notices;
  readonly newId: () => string;
  readonly format: TimeFormat;
  /** The address of a link. */
  readonly linkOf: (code: string) => string;
  readonly copyText: (text: string) => Promise<void>;
  /** A square JPEG of an image that fits into a command; undefined where the file is no image. */
  readonly squarePicture: (file: Blob) => Promise<Uint8Array | undefined>;
  readonly block: (account: string, blocked: boolean) => void;
}

/** Who is in a group, and what one may change about it. */
export class GroupInfoViewModel implements Observable<GroupInfoSnapshot> {
  /** In characters. */
  readonly longestDescription = limits.descriptionCharacters;
  readonly invites: GroupInvitesViewModel;
  readonly #ports: GroupInfoPorts;
  readonly #timeline: Timeline;
  readonly #disposables = new Disposables();
  readonly #snapshot: ObservedValue<GroupInfoSnapshot>;
  /** Undefined until it is edited. */
  #newTitle: string | undefined;
  #newDescription: string | undefined;
  #adding: PeoplePickerViewModel | undefined;
  #makingPicture = false;

  constructor(ports: GroupInfoPorts) {
    this.#ports = ports;
    this.#timeline = ports.engine.openTimeline(ports.conversation);
    this.invites = new GroupInvitesViewModel({ ...ports, timeline: this.#timeline });
    this.#snapshot = new ObservedValue(this.#draw());
    this.#disposables.add(
      () => this.invites.dispose(),
      () => this.#timeline.close(),
      this.#timeline.subscribe(this.#update),
      ports.engine.conversations.subscribe(this.#update),
      () => this.#adding?.dispose(),
    );
  }

  get = (): GroupInfoSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  setTitle = (title: string): void => {
    this.#newTitle = title;
    this.#update();
  };

  saveTitle = async (): Promise<void> => {
    const title = this.get().newTitle.trim();
    if (title === "" || title === this.get().title) return;
    const { engine, newId, conversation } = this.#ports;
    if (await this.#attempt(engine.setTitle(newId(), conversation, title))) this.#newTitle = undefined;
    this.#update();
  };

  startDescribing = (): void => this.setDescription(this.get().description);

  setDescription = (description: string): void => {
    this.#newDescription = description;
    this.#update();
  };

  stopDescribing = (): void => {
    this.#newDescription = undefined;
    this.#update();
  };

  saveDescription = async (): Promise<void> => {
    const description = this.#newDescription?.trim();
    const { engine, newId, conversation } = this.#ports;
    const changed = description !== undefined && description !== this.get().description;
    if (changed && !(await this.#attempt(engine.setDescription(newId(), conversation, description)))) return;
    this.stopDescribing();
  };

  choosePicture = async (file: Blob): Promise<void> => {
    const { engine, newId, conversation, squarePicture, notices, texts } = this.#ports;
    this.#makingPicture = true;
    this.#update();
    const picture = await squarePicture(file).catch(() => undefined);
    this.#makingPicture = false;
    this.#update();
    if (picture === undefined) notices.show(texts.group.noImage, "problem");
    else await this.#attempt(engine.setPicture(newId(), conversation, picture));
  };

  removePicture = async (): Promise<void> => {
    const { engine, newId, conversation } = this.#ports;
    await this.#attempt(engine.setPicture(newId(), conversation, new Uint8Array()));
  };

  setRole = async (account: string, role: GroupRole): Promise<void> => {
    const { engine, newId, conversation } = this.#ports;
    await this.#attempt(engine.setRole(newId(), conversation, account, role));
  };

  startAdding = (): void => {
    const { engine, findPeople, clock } = this.#ports;
    this.#adding = new PeoplePickerViewModel({
      conversations: engine.conversations,
      findPeople,
      clock,
      without: new Set(this.get().members.map((member) => member.account)),
    });
    this.#update();
  };

  stopAdding = (): void => {
    this.#adding?.dispose();
    this.#adding = undefined;
    this.#update();
  };

  addChosen = async (): Promise<void> => {
    const accounts = this.#adding?.get().chosen.map((person) => person.account) ?? [];
    const { engine, newId, conversation } = this.#ports;
    if (accounts.length > 0) await this.#attempt(engine.addMembers(newId(), conversation, accounts));
    this.stopAdding();
  };

  remove = async (account: string): Promise<void> => {
    const { engine, newId, conversation } = this.#ports;
    await this.#attempt(engine.removeMembers(newId(), conversation, [account]));
  };

  block = (account: string, blocked: boolean): void => this.#ports.block(account, blocked);

  leave = async (): Promise<void> => {
    const { engine, newId, conversation } = this.#ports;
    await this.#attempt(engine.leave(newId(), conversation));
  };

  #attempt(action: Promise<unknown>): Promise<boolean> {
    return this.#ports.notices.attempt(action, this.#ports.texts.conversation.actionFailed);
  }

  readonly #update = (): void => this.#snapshot.set(this.#draw());

  #draw(): GroupInfoSnapshot {
    const { engine, conversation, account, texts } = this.#ports;
    const view = engine.conversations.get().conversations.find((one) => one.id === conversation);
    const { members, rights, description } = this.#timeline.get();
    const self = members.find((member) => member.account === account.get().account);
    const others = members.filter((member) => member !== self);
    const title = view === undefined ? "" : conversationTitle(view, texts);
    return {
      title,
      seed: conversation,
      image: view?.picture,
      makingPicture: this.#makingPicture,
      newTitle: this.#newTitle ?? title,
      members: (self === undefined ? others : [self, ...others]).map((member) =>
        groupMember(member, member === self, texts),
      ),
      memberCount: view?.memberCount ?? members.length,
      rights,
      lastOwner: self?.role === "owner" && !others.some(({ role }) => role === "owner") && others.length > 0,
      description,
      newDescription: this.#newDescription,
      adding: this.#adding,
    };
  }
}

function groupMember(member: MemberView, isSelf: boolean, texts: Texts): GroupMember {
  const name = member.displayName === "" ? texts.common.unknownPerson : member.displayName;
  return {
    account: member.account,
    name,
    label: isSelf ? texts.group.self(name) : name,
    userName: member.userName,
    online: member.online && !isSelf,
    role: texts.group.roles[member.role],
    roleName: member.role,
    otherRoles: member.otherRoles,
    self: isSelf,
    removable: member.removable,
    blocked: member.blocked === true,
  };
}
