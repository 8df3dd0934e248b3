import {
  hashOfSecret,
  hashText,
  type InviteCode,
  type InviteResponse,
  InviteStanding,
  limits,
  ProblemCode,
  readInviteCode,
  writeInviteCode,
} from "@parley/protocol";
import type { InviteDraft, InviteLookUp, InviteStandingName } from "../api/invite-view.ts";
import type { Random } from "../ports/random.ts";
import type { Batch } from "./batch.ts";
import type { Commands } from "./commands.ts";
import { EngineError } from "./engine-error.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

/** So many codes are kept on the device, the newest: those of links that have ended are of no use. */
const MOST_CODES = 200;

export interface InvitesParts {
  readonly model: Model;
  readonly outbox: Outbox;
  readonly commands: Commands;
  readonly wire: Wire;
  readonly requests: Requests;
  readonly random: Random;
}

/** Links by which people join a group: making them, looking one up, and joining by it. */
export class Invites {
  readonly #parts: InvitesParts;

  constructor(parts: InvitesParts) {
    this.#parts = parts;
  }

  /** The secret is made and kept here: the server is told its hash, and the code goes where the person takes it. */
  make(
    id: string,
    conversation: string,
    { label, lifetimeMs, maxUses, needsApproval = false }: InviteDraft,
    batch: Batch,
  ): void {
    const { model, outbox, commands, random } = this.#parts;
    if (outbox.get(id) !== undefined) return;
    // As the server counts them.
    if (label.length > limits.inviteLabelCharacters) {
      throw new EngineError("invalid", `A label has at most ${limits.inviteLabelCharacters} characters.`);
    }
    const secret = random.bytes(limits.inviteSecretBytes);
    const secretHash = hashOfSecret(secret);
    const value = { secretHash, label, lifetimeMs, maxUses, needsApproval };
    commands.enqueue(id, conversation, { case: "makeInvite", value }, batch);
    const made = { code: writeInviteCode({ conversation, secret }), hash: hashText(secretHash) };
    const inviteCodes = [...(model.meta.inviteCodes ?? []), made].slice(-MOST_CODES);
    model.putMeta({ ...model.meta, inviteCodes }, batch);
  }

  /** Queues that one joins; the id of the group. */
  join(id: string, code: string, batch: Batch): string {
    const { conversation, secret } = read(code);
    this.#parts.commands.enqueue(id, conversation, { case: "join", value: { secret } }, batch);
    return conversation;
  }

  /** The answer comes as an input of its own, so it is handed out and not waited for. */
  lookUp(code: string, batch: Batch): { readonly view: Promise<InviteLookUp> } {
    const { wire, requests } = this.#parts;
    const invite = read(code);
    if (!wire.ready) throw offline();
    const { promise, resolve, reject } = Promise.withResolvers<InviteLookUp>();
    requests.ask(
      { case: "invite", value: invite },
      {
        answered: ({ case: kind, value }) => {
          if (kind === "invite") resolve(lookUpOf(invite, value));
          else if (kind === "problem" && value.code === ProblemCode.RATE_LIMITED) resolve(nothing(invite, "try-later"));
          else resolve(nothing(invite, "unknown"));
        },
        lost: () => reject(offline()),
      },
      batch,
    );
    return { view: promise };
  }
}

const names: Readonly<Record<InviteStanding, InviteStandingName>> = {
  [InviteStanding.UNSPECIFIED]: "unknown",
  [InviteStanding.OPEN]: "open",
  [InviteStanding.MEMBER]: "member",
  [InviteStanding.EXPIRED]: "expired",
  [InviteStanding.USED_UP]: "used-up",
  [InviteStanding.REVOKED]: "revoked",
  [InviteStanding.FULL]: "full",
  [InviteStanding.WAITING]: "waiting",
};

function lookUpOf(
  { conversation }: InviteCode,
  { standing, title, members, inviter, needsApproval }: InviteResponse,
): InviteLookUp {
  const inviterName = inviter?.displayName || inviter?.userName || "";
  return { conversation, standing: names[standing] ?? "unknown", title, members, inviterName, needsApproval };
}

function nothing({ conversation }: InviteCode, standing: InviteStandingName): InviteLookUp {
  return { conversation, standing, title: "", members: 0, inviterName: "", needsApproval: false };
}

function read(code: string): InviteCode {
  const invite = readInviteCode(code);
  if (invite === undefined) throw new EngineError("invalid", "This is no link, or not all of one.");
  return invite;
}

function offline(): EngineError {
  return new EngineError("offline", "The server is needed for this, and cannot be reached.");
}
