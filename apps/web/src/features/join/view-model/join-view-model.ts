import type { Clock, Engine, InviteLookUp, Observable } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";

export type JoinSnapshot =
  /** Looked up; not to be looked up now, but joined; joined by that. */
  | { readonly kind: "looking" | "offline" | "queued"; readonly text: string }
  | {
      readonly kind: "open" | "joining" | "waiting" | "member";
      readonly title: string;
      readonly members: string;
      /** Who invites, that one waits, or that one is a member. */
      readonly text: string;
      /** One asks to be let in. */
      readonly asks: boolean;
    }
  /** Why one cannot join. */
  | { readonly kind: "cannot"; readonly text: string };

export interface JoinPorts {
  /** What stands in the link. */
  readonly code: string;
  readonly engine: Pick<
    Engine,
    "lookUpInvite" | "join" | "cancelJoin" | "discard" | "connection" | "conversations" | "outbox"
  >;
  readonly texts: Texts;
  readonly clock: Pick<Clock, "after">;
  readonly newId: () => string;
  /** The link is of no more use; with the conversation that is to be shown. */
  readonly settled: (conversation: string | undefined) => void;
}

/** How soon it is looked again whether the server has what was asked, and whether somebody has answered. */
const ASKED_AGAIN_MS = 2_000;
const WAITED_MS = 10_000;

/** Somebody has opened a link to a group. */
export class JoinViewModel implements Observable<JoinSnapshot> {
  readonly #ports: JoinPorts;
  readonly #snapshot: ObservedValue<JoinSnapshot>;
  readonly #disposables = new Disposables();
  #found: InviteLookUp | undefined;
  /** The command that joins, and what it joins, once that is known. */
  #joining: { readonly id: string; readonly conversation: string | undefined } | undefined;
  #looking = false;
  /** What was found is to be looked up again. */
  #isOld = false;
  #stopLooking: () => void = () => undefined;
  #disposed = false;

  constructor(ports: JoinPorts) {
    this.#ports = ports;
    const { engine, texts } = ports;
    this.#snapshot = new ObservedValue<JoinSnapshot>({ kind: "looking", text: texts.join.looking });
    this.#disposables.add(
      engine.connection.subscribe(() => void this.#look()),
      engine.conversations.subscribe(() => this.#follow()),
      engine.outbox.subscribe(() => this.#follow()),
    );
    void this.#look();
  }

  get = (): JoinSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => {
    this.#disposed = true;
    this.#stopLooking();
    this.#disposables.dispose();
  };

  /** The person wants nothing of it. */
  close = (): void => this.#ports.settled(undefined);

  open = (): void => this.#ports.settled(this.#found?.conversation);

  /** Without the server, too: it waits for that like every command. */
  join = async (): Promise<void> => {
    const { engine, code, newId, texts } = this.#ports;
    const isUnseen = this.#snapshot.get().kind === "offline";
    if (this.#joining !== undefined || (this.#found === undefined && !isUnseen)) return;
    const id = newId();
    this.#joining = { id, conversation: this.#found?.conversation };
    if (this.#found === undefined) this.#snapshot.set({ kind: "queued", text: texts.join.queued });
    else this.#show(this.#found);
    try {
      const conversation = await engine.join(id, code);
      // It may have been answered already.
      if (this.#joining?.id === id) this.#joining = { id, conversation };
      this.#follow();
      this.#lookLater(ASKED_AGAIN_MS);
    } catch {
      this.#joining = undefined;
      this.#snapshot.set({ kind: "cannot", text: texts.conversation.actionFailed });
    }
  };

  /** The person does not want to wait. */
  takeBack = async (): Promise<void> => {
    const { engine, newId } = this.#ports;
    if (this.#found === undefined) return;
    await engine.cancelJoin(newId(), this.#found.conversation);
    this.#ports.settled(undefined);
  };

  /** Nothing tells who is no member that a request has come, or was declined. */
  #lookLater(afterMs: number): void {
    this.#stopLooking();
    this.#stopLooking = this.#ports.clock.after(afterMs, () => {
      this.#isOld = true;
      void this.#look();
    });
  }

  get #isAsked(): boolean {
    return this.#joining !== undefined || this.#snapshot.get().kind === "waiting";
  }

  /** Needs the server: once it is reached, if it is not. */
  async #look(): Promise<void> {
    const { engine, code, texts } = this.#ports;
    if ((this.#found !== undefined && !this.#isOld) || this.#looking || this.#disposed) return;
    this.#looking = true;
    const found = await engine.lookUpInvite(code).catch((thrown: unknown) => problemOf(thrown));
    this.#looking = false;
    if (this.#disposed) return;
    // What was found once stays: it is looked up again when the server is back.
    if (found === "offline" && (this.#found !== undefined || this.#joining !== undefined)) return;
    if (found === "offline") this.#snapshot.set({ kind: "offline", text: texts.join.offline });
    else if (found === "broken") this.#snapshot.set({ kind: "cannot", text: texts.join.cannot.broken });
    else if (found.standing === "try-later" && this.#isAsked) {
      // What is asked is asked all the same, and goes on being shown.
      this.#lookLater(WAITED_MS);
    } else {
      this.#found = found;
      this.#isOld = false;
      // What was asked may not be on the server yet, and what has no way in is still to be refused.
      if (found.standing === "waiting") this.#joining = undefined;
      this.#show(found);
      if (found.standing === "waiting") this.#lookLater(WAITED_MS);
      else if (found.standing === "open" && this.#joining !== undefined) this.#lookLater(ASKED_AGAIN_MS);
    }
  }

  #show({ standing, title, members, inviterName, needsApproval }: InviteLookUp): void {
    const { texts } = this.#ports;
    const group = { title, members: texts.group.members(members), asks: needsApproval };
    const inviter = inviterName || texts.common.unknownPerson;
    switch (standing) {
      case "open":
        this.#snapshot.set({
          kind: this.#joining === undefined ? "open" : "joining",
          ...group,
          text: needsApproval ? texts.join.approval(inviter) : texts.join.invitedBy(inviter),
        });
        return;
      case "waiting":
        this.#snapshot.set({ kind: "waiting", ...group, text: texts.join.waiting });
        return;
      case "member":
        this.#snapshot.set({ kind: "member", ...group, text: texts.join.member });
        return;
      default:
        this.#snapshot.set({ kind: "cannot", text: texts.join.cannot[standing] });
    }
  }

  /** What became of joining: the group is there, or the server did not accept it. */
  #follow(): void {
    const { engine, settled, texts } = this.#ports;
    const { id, conversation } = this.#joining ?? {};
    if (id === undefined) return;
    if (engine.conversations.get().conversations.some((one) => one.id === conversation && one.writable)) {
      this.#joining = undefined;
      settled(conversation);
      return;
    }
    const group = engine.outbox.get().groups.find((one) => one.id === conversation);
    const state = group?.items.find((item) => item.id === id)?.state;
    if (state?.kind !== "failed") return;
    this.#joining = undefined;
    this.#snapshot.set({ kind: "cannot", text: texts.refused[state.code] ?? texts.refusedOtherwise });
    // It is said here, and trying the same again would help nobody.
    void engine.discard(id).catch(() => undefined);
  }
}

/** Where the engine runs elsewhere, its errors come as what they say. */
function problemOf(thrown: unknown): "offline" | "broken" {
  return thrown instanceof Error && "code" in thrown && thrown.code === "invalid" ? "broken" : "offline";
}
