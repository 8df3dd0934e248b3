import type { Engine, InviteLookUp, Observable } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";

export type JoinSnapshot =
  | { readonly kind: "looking" | "offline"; readonly text: string }
  | {
      readonly kind: "open" | "joining" | "member";
      readonly title: string;
      readonly members: string;
      /** Who invites, or that one is a member. */
      readonly text: string;
    }
  /** Why one cannot join. */
  | { readonly kind: "cannot"; readonly text: string };

export interface JoinPorts {
  /** What stands in the link. */
  readonly code: string;
  readonly engine: Pick<Engine, "lookUpInvite" | "join" | "discard" | "connection" | "conversations" | "outbox">;
  readonly texts: Texts;
  readonly newId: () => string;
  /** The link is of no more use; with the conversation that is to be shown. */
  readonly settled: (conversation: string | undefined) => void;
}

/** Somebody has opened a link to a group. */
export class JoinViewModel implements Observable<JoinSnapshot> {
  readonly #ports: JoinPorts;
  readonly #snapshot: ObservedValue<JoinSnapshot>;
  readonly #disposables = new Disposables();
  #found: InviteLookUp | undefined;
  /** The command that joins, and what it joins. */
  #joining: { readonly id: string; readonly conversation: string } | undefined;
  #looking = false;
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
    this.#disposables.dispose();
  };

  /** The person wants nothing of it. */
  close = (): void => this.#ports.settled(undefined);

  open = (): void => this.#ports.settled(this.#found?.conversation);

  join = async (): Promise<void> => {
    const { engine, code, newId, texts } = this.#ports;
    if (this.#joining !== undefined || this.#found === undefined) return;
    const id = newId();
    this.#joining = { id, conversation: this.#found.conversation };
    this.#show(this.#found);
    try {
      await engine.join(id, code);
      this.#follow();
    } catch {
      this.#joining = undefined;
      this.#snapshot.set({ kind: "cannot", text: texts.conversation.actionFailed });
    }
  };

  /** Needs the server: once it is reached, if it is not. */
  async #look(): Promise<void> {
    const { engine, code, texts } = this.#ports;
    if (this.#found !== undefined || this.#looking || this.#disposed) return;
    this.#looking = true;
    const found = await engine.lookUpInvite(code).catch((thrown: unknown) => problemOf(thrown));
    this.#looking = false;
    if (this.#disposed) return;
    if (found === "offline") this.#snapshot.set({ kind: "offline", text: texts.join.offline });
    else if (found === "broken") this.#snapshot.set({ kind: "cannot", text: texts.join.cannot.broken });
    else {
      this.#found = found;
      this.#show(found);
    }
  }

  #show({ standing, title, members, inviterName }: InviteLookUp): void {
    const { texts } = this.#ports;
    const group = { title, members: texts.group.members(members) };
    switch (standing) {
      case "open":
        this.#snapshot.set({
          kind: this.#joining === undefined ? "open" : "joining",
          ...group,
          text: texts.join.invitedBy(inviterName || texts.common.unknownPerson),
        });
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
