import { create } from "@bufbuild/protobuf";
import {
  type Answer,
  AnswerSchema,
  type Changes,
  type ChangesRequest,
  EntriesResponseSchema,
  type Entry,
  type Hello,
  type PageRequest,
  type Reset,
} from "@parley/protocol";
import { verdictOf } from "../executor/ruling.ts";
import type { Breather } from "./breather.ts";
import type { LogReader } from "./log-reader.ts";
import type { LogSnapshot } from "./log-snapshot.ts";
import type { SnapshotSource } from "./log-store.ts";
import { readChanges, readState } from "./reads/read-changes.ts";
import { readConversations } from "./reads/read-conversations.ts";
import { readPage } from "./reads/read-page.ts";
import { readProfiles, readReset, readStatus } from "./reads/read-reset.ts";
import { readResumption } from "./reads/read-resumption.ts";
import type { DeviceRecord, Membership } from "./records.ts";
import type { Sight } from "./sight.ts";

/** The reader of logs on a store: each call is one snapshot. */
export class StoreLogReader implements LogReader {
  readonly #source: SnapshotSource;
  readonly #sight: Sight;
  readonly #breathe: Breather;

  constructor(source: SnapshotSource, sight: Sight, breathe: Breather = async () => undefined) {
    this.#source = source;
    this.#sight = sight;
    this.#breathe = breathe;
  }

  incarnation() {
    return this.#source.read((snapshot) => snapshot.incarnation());
  }

  resume(account: string, hello: Hello) {
    return this.#source.read((snapshot) => readResumption(snapshot, this.#sight, account, hello, this.#breathe));
  }

  page(viewer: string, request: PageRequest) {
    return this.#asMember(viewer, request.conversation, (snapshot, membership) =>
      readPage(snapshot, this.#sight, this.#sight.viewpointOf(membership), request),
    );
  }

  changes(viewer: string, { conversation, since }: ChangesRequest): Promise<Changes | Reset | undefined> {
    return this.#asMember(viewer, conversation, async (snapshot, membership) => {
      const viewpoint = this.#sight.viewpointOf(membership);
      const changes = since && (await readChanges(snapshot, this.#sight, membership, viewpoint, since));
      if (changes === undefined) return this.#reset(snapshot, membership);
      const fresh = changes.state?.members.filter((member) => member.rev > changes.from) ?? [];
      changes.profiles = await readProfiles(
        snapshot,
        fresh.map((member) => member.account),
      );
      return changes;
    });
  }

  reset(viewer: string, conversation: string) {
    return this.#asMember(viewer, conversation, (snapshot, membership) => this.#reset(snapshot, membership));
  }

  entries(viewer: string, conversation: string, ids: readonly string[]) {
    return this.#asMember(viewer, conversation, async (snapshot, membership) => {
      const viewpoint = this.#sight.viewpointOf(membership);
      const entries: Entry[] = [];
      for (const id of new Set(ids)) {
        const found = await snapshot.entry(conversation, id);
        const seen = found && this.#sight.asSeenBy(viewpoint.intervals, found.entry);
        if (seen !== undefined) entries.push(seen);
      }
      return create(EntriesResponseSchema, { asOf: viewpoint.head, entries });
    });
  }

  verdicts(account: string, log: string, ids: readonly string[]) {
    return this.#source.read(async (snapshot) => {
      const answers: Answer[] = [];
      for (const id of new Set(ids)) {
        const record = await snapshot.verdict(log, id);
        if (record?.account !== account) continue;
        answers.push(create(AnswerSchema, { id, outcome: { case: "verdict", value: verdictOf(log, record) } }));
      }
      return answers;
    });
  }

  conversation(viewer: string, conversation: string) {
    return this.#asMember(viewer, conversation, readState);
  }

  conversations(viewer: string, limit: number, cursor: string) {
    return this.#source.read((snapshot) => readConversations(snapshot, this.#sight, viewer, limit, cursor));
  }

  audience(conversation: string) {
    return this.#source.read(async (snapshot) => {
      const record = await snapshot.conversation(conversation);
      if (record === undefined) return undefined;
      return { head: record.head, members: await snapshot.presentMembers(conversation) };
    });
  }

  memberships(account: string) {
    return this.#source.read((snapshot) => snapshot.presentIn(account));
  }

  spans(conversation: string) {
    return this.#source.read(async (snapshot) => {
      const present = (await snapshot.members(conversation)).filter((member) => member.present);
      return new Map(present.map(({ account, intervals }) => [account, intervals]));
    });
  }

  marks(conversation: string) {
    return this.#source.read((snapshot) => snapshot.marks(conversation));
  }

  newestMessageOf(conversation: string, author: string) {
    return this.#source.read((snapshot) => snapshot.newestMessageOf(conversation, author));
  }

  profiles(accounts: readonly string[]) {
    return this.#source.read((snapshot) => readProfiles(snapshot, accounts));
  }

  findPeople(prefix: string, limit: number) {
    return this.#source.read((snapshot) => snapshot.findPeople(prefix, limit));
  }

  devices(account: string) {
    return this.#source.read(async (snapshot) => (await snapshot.openDevices(account)).map(shownDevice));
  }

  deviceOf(session: string) {
    return this.#source.read(async (snapshot) => (await snapshot.openDeviceOf(session))?.id);
  }

  close() {
    return this.#source.close();
  }

  async #reset(snapshot: LogSnapshot, membership: Membership): Promise<Reset> {
    const viewpoint = this.#sight.viewpointOf(membership);
    const status = await readStatus(snapshot, membership, viewpoint, await snapshot.accountHead(viewpoint.account));
    const reset = await readReset(snapshot, this.#sight, membership, viewpoint, status);
    const people = reset.state?.members.map((member) => member.account) ?? [];
    reset.profiles = await readProfiles(snapshot, people);
    return reset;
  }

  #asMember<T>(
    viewer: string,
    conversation: string,
    work: (snapshot: LogSnapshot, membership: Membership) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#source.read(async (snapshot) => {
      const membership = await snapshot.membership(viewer, conversation);
      return membership === undefined ? undefined : work(snapshot, membership);
    });
  }
}

function shownDevice({ id, name, createdAt, lastSeenAt }: DeviceRecord) {
  return { $typeName: "parley.v1.Device" as const, id, name, createdAt, lastSeenAt };
}
