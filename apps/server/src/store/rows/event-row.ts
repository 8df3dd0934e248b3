import { create } from "@bufbuild/protobuf";
import { binaryDecoder, binaryEncoder, type Event, EventSchema, PostedSchema } from "@parley/protocol";
import type { EventRecord } from "../../log/records.ts";
import type { EventsTable } from "../tables.ts";

const eventBytes = binaryEncoder(EventSchema);
const factsOfBytes = binaryDecoder(EventSchema);

type Kind = NonNullable<Event["body"]["case"]>;

/** Numbers of the kinds of events, for queries; equal to the field numbers of the schema. */
const eventKinds: Readonly<Record<Kind, number>> = {
  created: 10,
  posted: 11,
  edited: 12,
  erased: 13,
  reactionSet: 14,
  reactionUnset: 15,
  membersAdded: 16,
  membersRemoved: 17,
  memberLeft: 18,
  titleSet: 19,
  noEffect: 20,
  roleSet: 21,
  descriptionSet: 22,
  messagePinned: 23,
  messageUnpinned: 24,
  inviteMade: 25,
  inviteRevoked: 26,
  memberJoined: 27,
  followed: 30,
  unfollowed: 31,
  threadChanged: 35,
  joinRequested: 28,
  joinRequestEnded: 37,
  memberLetIn: 36,
  timerSet: 38,
  expiryBegun: 39,
  pictureSet: 40,
};

/** Kinds that make an entry; the others change one or none. */
export const makingKinds: readonly number[] = [
  eventKinds.created,
  eventKinds.posted,
  eventKinds.membersAdded,
  eventKinds.membersRemoved,
  eventKinds.memberLeft,
  eventKinds.titleSet,
  eventKinds.roleSet,
  eventKinds.descriptionSet,
  eventKinds.messagePinned,
  eventKinds.memberJoined,
  eventKinds.memberLetIn,
  eventKinds.timerSet,
  eventKinds.pictureSet,
];

const making: ReadonlySet<number> = new Set(makingKinds);

export function eventRow({ event, touched }: EventRecord): EventsTable {
  if (event.body.case === undefined) throw new Error(`Event ${event.id} has no body.`);
  return {
    log: event.log,
    seq: event.seq,
    id: event.id,
    author: event.author,
    sent_at: event.sentAt,
    received_at: event.receivedAt,
    tag: event.tag,
    parent_seq: event.parentSeq,
    touched,
    kind: eventKinds[event.body.case],
    facts: factsOf(event.body),
  };
}

/** Most events are posts that tell nothing but that. */
const barePost = encodedBody({ case: "posted", value: create(PostedSchema) });

function factsOf(body: Event["body"]): Uint8Array {
  if (body.case !== "posted") return encodedBody(body);
  const { envelope, content, expiry } = body.value;
  const bare = envelope === undefined && content === undefined && expiry === undefined;
  return bare ? barePost : encodedBody(body);
}

function encodedBody(body: Event["body"]): Uint8Array {
  return eventBytes(create(EventSchema, { body }));
}

export function eventRecord(row: EventsTable): EventRecord {
  const event = Object.assign(factsOfBytes(row.facts), {
    log: row.log,
    seq: row.seq,
    id: row.id,
    author: row.author,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    tag: row.tag,
    parentSeq: row.parent_seq,
    ordinal: making.has(row.kind) ? row.touched : 0,
  });
  return { event, touched: row.touched };
}
