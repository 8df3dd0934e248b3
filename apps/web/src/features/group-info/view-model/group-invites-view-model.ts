import {
  type Clock,
  type Engine,
  endOfInvite,
  type InviteView,
  type JoinRequestView,
  type Observable,
  type Timeline,
} from "@parley/client";
import { limits } from "@parley/protocol";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

const HOUR_MS = 60 * 60 * 1_000;

const lifetimes = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, never: 0 } as const;

export type Lifetime = keyof typeof lifetimes;

export interface InviteLine {
  readonly id: string;
  /** What it is called; a word for a link where it has no label. */
  readonly name: string;
  /** Who made it, when, how many have joined by it, and until when it works. */
  readonly detail: string;
  /** Why nobody joins by it any more, or not yet; empty where people can. */
  readonly state: string;
  /** Where it leads, while it works; undefined where only another device knows. */
  readonly link: string | undefined;
  readonly works: boolean;
}

/** A link as it is being made. */
export interface NewInvite {
  readonly label: string;
  readonly lifetime: Lifetime;
  /** As it is typed. */
  readonly maxUses: string;
  readonly needsApproval: boolean;
  readonly error: string | undefined;
}

export interface JoinRequestLine {
  readonly account: string;
  readonly name: string;
  /** The user name, and whose link it was. */
  readonly detail: string;
}

export interface GroupInvitesSnapshot {
  /** Who waits to be let in. */
  readonly requests: readonly JoinRequestLine[];
  readonly lines: readonly InviteLine[];
  readonly making: NewInvite | undefined;
}

export interface GroupInvitesPorts {
  readonly conversation: string;
  readonly engine: Pick<Engine, "makeInvite" | "revokeInvite" | "answerJoin">;
  readonly timeline: Timeline;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Notices;
  readonly newId: () => string;
  /** The address of a link. */
  readonly linkOf: (code: string) => string;
  readonly copyText: (text: string) => Promise<void>;
}

/** The links by which people join a group, for who may make some. */
export class GroupInvitesViewModel implements Observable<GroupInvitesSnapshot> {
  /** In characters. */
  readonly longestLabel = limits.inviteLabelCharacters;
  readonly lifetimes = Object.keys(lifetimes) as readonly Lifetime[];
  readonly #ports: GroupInvitesPorts;
  readonly #disposables = new Disposables();
  readonly #snapshot: ObservedValue<GroupInvitesSnapshot>;
  #making: NewInvite | undefined;

  constructor(ports: GroupInvitesPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#draw());
    this.#disposables.add(ports.timeline.subscribe(this.#update));
  }

  get = (): GroupInvitesSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  start = (): void => this.#make({ label: "", lifetime: "week", maxUses: "", needsApproval: false, error: undefined });
  stop = (): void => this.#make(undefined);
  change = (change: Partial<NewInvite>): void => {
    if (this.#making !== undefined) this.#make({ ...this.#making, error: undefined, ...change });
  };

  save = async (): Promise<void> => {
    const { engine, conversation, newId, texts, notices } = this.#ports;
    if (this.#making === undefined) return;
    const { label, lifetime, maxUses, needsApproval } = this.#making;
    const most = maxUses.trim() === "" ? 0 : Number(maxUses);
    if (!Number.isInteger(most) || most < 0 || most > 0xffff_ffff) {
      this.change({ error: texts.invites.maxUsesError });
      return;
    }
    const invite = { label: label.trim(), lifetimeMs: lifetimes[lifetime], maxUses: most, needsApproval };
    const made = engine.makeInvite(newId(), conversation, invite);
    if (await notices.attempt(made, texts.conversation.actionFailed)) this.stop();
  };

  copy = async (link: string): Promise<void> => {
    const { copyText, notices, texts } = this.#ports;
    if (await notices.attempt(copyText(link), texts.invites.copyFailed)) notices.show(texts.invites.copied);
  };

  revoke = async (id: string): Promise<void> => {
    const { engine, conversation, newId, texts, notices } = this.#ports;
    await notices.attempt(engine.revokeInvite(newId(), conversation, id), texts.conversation.actionFailed);
  };

  answer = async (account: string, accept: boolean): Promise<void> => {
    const { engine, conversation, newId, texts, notices } = this.#ports;
    await notices.attempt(engine.answerJoin(newId(), conversation, account, accept), texts.conversation.actionFailed);
  };

  #make(making: NewInvite | undefined): void {
    this.#making = making;
    this.#update();
  }

  readonly #update = (): void => this.#snapshot.set(this.#draw());

  #draw(): GroupInvitesSnapshot {
    const { invites, joinRequests } = this.#ports.timeline.get();
    return {
      requests: joinRequests.map((request) => this.#request(request)),
      lines: invites.map((invite) => this.#line(invite)),
      making: this.#making,
    };
  }

  #request({ account, displayName, userName, inviterName }: JoinRequestView): JoinRequestLine {
    const { texts } = this.#ports;
    const detail = texts.joinRequests.detail(userName, inviterName || texts.common.unknownPerson);
    return { account, name: displayName || texts.common.unknownPerson, detail };
  }

  #line(invite: InviteView): InviteLine {
    const { texts, linkOf } = this.#ports;
    const words = texts.invites;
    const end = endOfInvite(invite, this.#ports.clock.now());
    return {
      id: invite.id,
      name: invite.label === "" ? words.unnamed : invite.label,
      detail: this.#detail(invite),
      state: stateText(end, invite.waiting, words),
      link: end === undefined && invite.code !== undefined ? linkOf(invite.code) : undefined,
      works: end === undefined,
    };
  }

  #detail({ mine, makerName, madeAt, uses, maxUses, expiresAt, needsApproval }: InviteView): string {
    const { texts, format, clock } = this.#ports;
    const words = texts.invites;
    const now = clock.now();
    const made = format.moment(madeAt, now);
    return [
      mine ? words.mine(made) : words.by(makerName || texts.common.unknownPerson, made),
      maxUses === 0 ? words.uses(uses) : words.usesOf(uses, maxUses),
      expiresAt === 0 ? words.forGood : words.until(format.moment(expiresAt, now)),
      ...(needsApproval ? [words.byApproval] : []),
    ].join(" · ");
  }
}

function stateText(end: ReturnType<typeof endOfInvite>, waiting: boolean, words: Texts["invites"]): string {
  if (end === undefined) return waiting ? words.waiting : "";
  return end === "revoked" && waiting ? words.revoking : words.ended[end];
}
