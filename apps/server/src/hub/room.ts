import { create } from "@bufbuild/protobuf";
import { type Marks, mergeMarks, noMarks } from "@parley/log";
import { type EncodedFrame, type Encoding, limits, type MemberMark, MemberMarkSchema } from "@parley/protocol";
import type { Audience, OrdinalSpan } from "../log/log-reader.ts";
import type { PublishedEvent } from "../log/log-writer.ts";
import type { Device } from "./device.ts";

/** A device whose subscription waits until it holds everything up to a head. */
export interface Pending {
  /** The event that made its account a member while it was connected; 0 if it was one before. */
  joinedAt: number;
  /** Its account was parted meanwhile: what is held is the last that it gets. */
  leaving: boolean;
  readonly held: { readonly seq: number; readonly frame: EncodedFrame }[];
}

/** A conversation that devices of this node take part in. */
export class Room {
  readonly id: string;
  /** Subscribed devices. */
  readonly live = new Set<Device>();
  /** Devices that are still being caught up. */
  readonly pending = new Map<Device, Pending>();
  readonly listeners: { [encoding in Encoding]: number } = { proto: 0, json: 0 };
  /** Ordinals of the newest messages, by author, as far as they are known. */
  readonly newestBy = new Map<string, number>();
  /** Whether `marks` holds what was stored before the room was entered. */
  marksLoaded = false;
  /** What each member may see, by ordinal; undefined until it is asked for, and again after every change of members. */
  spans: ReadonlyMap<string, readonly OrdinalSpan[]> | undefined;
  /** Ready to be sent: one message serves all devices that it is told to. */
  readonly #marks = new Map<string, MemberMark>();
  #members: Set<string> | undefined;
  #early: PublishedEvent[] = [];

  constructor(id: string) {
    this.id = id;
  }

  /** Accounts that are members now; empty until the audience is known. */
  get members(): ReadonlySet<string> {
    return this.#members ?? new Set();
  }

  /** Whether each member's marks and presence are told to all others. */
  get small(): boolean {
    return this.members.size <= limits.memberMarksUpTo;
  }

  get empty(): boolean {
    return this.live.size === 0 && this.pending.size === 0;
  }

  /** Whether its members are known. */
  get populated(): boolean {
    return this.#members !== undefined;
  }

  /** Sets the members as of a head, then applies what happened after it. */
  populate(audience: Audience | undefined): void {
    this.#members = new Set(audience?.members);
    for (const published of this.#early) {
      if (published.event.seq > (audience?.head ?? 0)) this.apply(published);
    }
    this.#early = [];
  }

  apply(published: PublishedEvent): void {
    const { event, joined, parted } = published;
    if (event.body.case === "posted") this.newestBy.set(event.author, event.ordinal);
    if (this.#members === undefined) {
      this.#early.push(published);
      return;
    }
    if (joined.length > 0 || parted.length > 0) this.spans = undefined;
    for (const account of joined) this.#members.add(account);
    for (const account of parted) this.#members.delete(account);
  }

  *devices(): Iterable<Device> {
    yield* this.live;
    yield* this.pending.keys();
  }

  marksOf(account: string): Marks {
    return this.#marks.get(account) ?? noMarks;
  }

  /** The marks of a member as others are told; undefined if it has none. */
  memberMark(account: string): MemberMark | undefined {
    return this.#marks.get(account);
  }

  mergeMarks(account: string, marks: Marks): void {
    const merged = mergeMarks(this.marksOf(account), marks);
    this.#marks.set(account, create(MemberMarkSchema, { conversation: this.id, account, ...merged }));
  }
}
