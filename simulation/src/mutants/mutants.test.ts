import { expect, test } from "bun:test";
import { compileStatements, sqliteDialect } from "@parley/server/parts";
import type { CaseName } from "../cases/cases.ts";
import { playCase } from "../cases/play-case.ts";
import type { Mutant } from "./mutant.ts";

const statements = compileStatements(sqliteDialect().compiler);

const withPictures =
  "a picture that is set without a network, and replaced while one device is off and somebody has left";

const strangersLeftOut = "a group begun without a network with strangers, and people who come to know who began it";

/** The case that each mutant fails, and the words of its failure. The same cases pass without a mutant (cases.test.ts). */
const caught: { readonly [mutant in Mutant]: readonly [CaseName, RegExp] } = {
  "dedupe off": ["a rejected command whose answer was lost", /\[CMD1\]/],
  "link ignored": ["a burst racing over two paths", /\[ORD5\]/],
  "verdict of a rejection forgotten": ["a rejected command whose answer was lost", /\[CMD5\]/],
  "gap fill off": ["an event lost in fan-out", /\[SYN2\]/],
  "page joined without re-applying events": ["a delete overtaken by a page in flight", /\[(RNG2|LOG5)\]/],
  "reset leaving old ranges fresh": ["a member who left at 200 and came back at 500", /\[RNG2\]/],
  "visibility ignored": ["a member who left at 200 and came back at 500", /\[VIS1\]/],
  "authorisation from cache only": ["a rejected command whose answer was lost", /\[CMD10\]/],
  "authorisation before the id": ["a member removed between sending and retrying", /\[CMD1\]/],
  "follower cursor lost": ["a node dying between commit and fan-out", /\[SYN8\]/],
  "acknowledgement before sync": ["a power cut right after an acknowledgement", /\[CMD9\]/],
  "mark unclamped": ["a mark beyond the newest entry", /\[MRK2\]/],
  "hidden read told": ["somebody who hides what they read, and goes on reading", /\[MRK7\]/],
  "hidden presence told": ["somebody who hides what they read, and goes on reading", /\[SIG2\]/],
  "read told to who hides it": ["somebody who hides what they read, and goes on reading", /\[MRK7\]/],
  "unread incremented": ["a member who left at 200 and came back at 500", /\[MRK3\]/],
  "stale owner allowed to write": ["a frozen owner thawing", /\[STO2\]/],
  "thawed flush allowed to write": [
    "a flush freezing at any step, and thawing when an engine has the store",
    /\[STO2\]/,
  ],
  "flush taking the store from an engine": ["an engine starting at any step of a flush", /\[FLU1\]/],
  "verdicts kept for a day": ["a message whose answer a device hears a week later", /\[CMD1\]/],
  "outbox kept for a day": ["a week's queue over many conversations, one of which is put off", /did not come about/],
  "queue that is put off holding up the others": [
    "a week's queue over many conversations, one of which is put off",
    /did not come about/,
  ],
  "conversations caught up in any order": [
    "a device that looks at one of many conversations when it comes back after a week",
    /what is looked at comes first/,
  ],
  "no room made": ["a device without room, and commits that are given up", /did not come about/],
  "history given up, ranges kept": ["a device without room, and commits that are given up", /\[RNG1\]/],
  "full commit taken as stored": ["a device without room, and commits that are given up", /\[STO9\]/],
  "aborted commit taken as stored": [
    "a store whose commits are given up for a while, and a process that ends meanwhile",
    /\[STO9\]/,
  ],
  "aborted commit half stored": [
    "a store whose commits are given up for a while, and a process that ends meanwhile",
    /\[RNG1\]/,
  ],
  "aborted operation not tried again": [
    "operations of a store that are given up before they succeed",
    /nobody was refused anything|did not come about/,
  ],
  "outbox lost in a rebuild": ["a store that cannot be read any more", /did not come about/],
  "drafts lost in a rebuild": ["a store that cannot be read any more", /the draft is there/],
  "sleep measured by a clock that stood still": [
    "devices that wake up where nobody told them that their connections are gone",
    /did not come about/,
  ],
  "pauses measured by the device's clock": [
    "clocks that are set back by hours while something is to be told",
    /did not come about/,
  ],
  "incarnation ignored": ["a restored backup with clients ahead of it", /\[OUT1\]/],
  "drafts not joined": ["two devices that write the same draft without knowing of each other", /\[DRF2\]/],
  "draft left by its post": [
    "a draft that is posted offline, and a process that is killed before the post leaves",
    /\[DRF4\]/,
  ],
  "settings of other devices ignored": [
    "two devices that set different things of a conversation without knowing of each other",
    /\[PRF1\]/,
  ],
  "marked as unread for good": [
    "a conversation that is marked as unread on one device, and read on another one that has no network",
    /\[PRF1\]/,
  ],
  "new role not stored": ["two owners who take each other's role without knowing of each other", /one owner is left/],
  "uses of links not stored": ["two people who join by the last use of a link at once", /\[(INV2|INV1|LOG3)\]/],
  "revoked links left as they were": ["a link that is revoked while somebody joins by it", /\[(INV2|INV1|LOG3)\]/],
  "ended requests left waiting": [
    "somebody who asks, takes it back and asks again, while several answer",
    /\[(INV6|LOG3)\]/,
  ],
  "edits of what is quoted ignored": [
    "answers to messages that are far away, changed and deleted meanwhile",
    /\[RPL2\]/,
  ],
  "saved elsewhere ignored": [
    "a message that is saved on one device while another one, without a network, saves the next and not this one",
    /\[SAV1\]/,
  ],
  "what is due left at the start": [
    "a message scheduled by a device that is off, and a server that is down when it is due",
    /\[SCH1\]/,
  ],
  "timers not stored": ["messages that disappear while a device is off, and no server runs", /\[(DIS1|LOG3)\]/],
  "pictures not named": [withPictures, /\[(PIC[123]|LOG3)\]|no such picture/],
  "replaced pictures left on the server": [withPictures, /\[PIC2\]/],
  "replaced pictures left on devices": [withPictures, /\[PIC2\]/],
  "pictures given to who has left": [withPictures, /\[PIC3\]/],
  "reading that begins nothing": [
    "messages that disappear while a device is off, and no server runs",
    /did not come about/,
  ],
  "ends of messages not noted": [
    "a message that disappears when a former member is off",
    /did not come about|\[DIS3\]/,
  ],
  "messages left until the server erases them": [
    "messages that disappear while a device is off, and no server runs",
    /is left on no device/,
  ],
  "what has disappeared drawn as deleted": [
    "messages that disappear while a device is off, and no server runs",
    /\[DIS5\]/,
  ],
  "scheduled elsewhere ignored": ["a scheduled message whose author has left by then", /\[SCH3\]/],
  "reports not stored": [
    "a report made without a network, of a message that is deleted after a first one, by who came late",
    /\[RPT1\]/,
  ],
  "reports telling what is out of sight": [
    "a report made without a network, of a message that is deleted after a first one, by who came late",
    /\[RPT2\]/,
  ],
  "reminders elsewhere ignored": [
    "reminders that are set anew and ended on another device, without a network",
    /\[REM3\]|did not come about/,
  ],
  "reminders left at their time": [
    "a reminder set by a device that is off, and a server that is down when it is due",
    /\[REM[13]\]/,
  ],
  "reminders outliving their message": [
    "reminders of a message that is deleted, and of one in a group that is left",
    /\[REM4\]|is told why/,
  ],
  "hidden counted as unread": [
    "messages deleted for oneself without a network, one of them edited, one deleted for everyone meanwhile",
    /only three is unread/,
  ],
  "blocked elsewhere ignored": [
    "somebody who is blocked without a network, writes on, and is blocked no more on another device",
    /nothing is unread/,
  ],
  "blocked counted as unread": [
    "a group in which one member blocks another, on one of two devices",
    /one is unread on/,
  ],
  "blocked people written to": [
    "somebody who is blocked without a network, writes on, and is blocked no more on another device",
    /nobody writes to whom they block/,
  ],
  "marks passing a block": [
    "somebody who is blocked without a network, writes on, and is blocked no more on another device",
    /told that it was sent|\[BLK2\]/,
  ],
  "messages of blocked people drawn as ever": [
    "a group in which one member blocks another, on one of two devices",
    /\[BLK4\]/,
  ],
  "blocks from before the start unknown to the hub": [
    "somebody who is blocked while both are there, and a server that starts again",
    /\[BLK6\]/,
  ],
  "what came meanwhile shown after a block": [
    "somebody who is blocked without a network, writes on, and is blocked no more on another device",
    /\[(MRK3|HID1)\]/,
  ],
  "requests accepted by nobody": [
    "a request that is read, declined without a network, and accepted on another device",
    /one message is accepted/,
  ],
  "strangers brought into groups": [strangersLeftOut, /\[REQ6\]/],
  "left out without a word": [strangersLeftOut, /is told whom it left out/],
  "requests that wait unknown to the hub": ["a request that is declined, and stays", /\[REQ3\]/],
  "answers to requests not stored": ["a request that is declined, and stays", /\[PRF1\]/],
  "requests left as they were answered": [
    "a request that is answered without a network, while the other one writes on",
    /what came in time is said/,
  ],
  "deleted chats kept in the lists of other devices": [
    "a chat that is cleared without a network, written in meanwhile, and deleted on another device",
    /it is in no list on/,
  ],
  "pinned messages fetched and not kept": [
    "pinned messages that a device does not hold, changed while they are on their way",
    /did not come about/,
  ],
  "pins joined without re-applying events": [
    "pinned messages that a device does not hold, changed while they are on their way",
    /\[RNG2\]/,
  ],
  "pins never ended in the table": [
    "pinned messages that a device does not hold, changed while they are on their way",
    /\[LOG3\]/,
  ],
  "versions outliving their message": [
    "pinned messages that a device does not hold, changed while they are on their way",
    /\[VER2\]/,
  ],
  "reactions taken back ignored": [
    "two devices of one person that set and take back the same reactions without knowing of each other",
    /\[LOG3\]|the last word stands/,
  ],
  "threads seen from their beginning": ["a thread that goes on while who followed it is out of the group", /\[THR2\]/],
  "deleted replies counted on": ["a thread that goes on while who followed it is out of the group", /\[THR5\]/],
  "replies told to no root": ["a thread that goes on while who followed it is out of the group", /\[THR5\]/],
  "threads followed on by who parts": ["a thread that goes on while who followed it is out of the group", /\[THR7\]/],
  "partings left unfinished": ["somebody who parts, with more threads than end at once", /\[THR7\]/],
  "threads followed by nobody whom they mention": [
    "somebody mentioned in a thread that they do not follow",
    /\[MEN5\]/,
  ],
  "mentions not continued": [
    "mentions that come, change and go while one device is away and another one counts",
    /of three name ben|\[MEN2\]/,
  ],
  "mentions outliving their message": [
    "mentions that come, change and go while one device is away and another one counts",
    /\[MEN[24]\]/,
  ],
  "parting forgotten by rooms": ["a member removed between sending and retrying", /\[VIS1\]/],
  "erasure forgotten by tallies": ["a delete overtaken by a page in flight", /\[MRK3\]/],
  "remains forgotten": ["a store that is thrown away under tabs that wait for the network", /\[OUT1\]/],
  "flush leaving no mark": ["a message discarded that a flush had sent", /what was discarded is gone/],
  "room made out of the outbox": ["a device without room, and commits that are given up", /\[OUT1\]/],
  "hand-offs kept nowhere": [
    "a tab killed before its burst is queued, with a clock that is set back meanwhile",
    /did not come about/,
  ],
  "batches counted as they come": ["a batch that was taken in, and whose answer is lost", /\[POLL3\]/],
  "unanswered batch taken for sent": ["a batch whose request is lost", /\[POLL3\]/],
  "lost batch taken for received": ["a batch that gets lost on its way down", /\[POLL4\]/],
  "frames of a former poll delivered": ["a poll that is given up, and answers after all", /\[POLL4\]/],
  "content sent to a late joiner": ["an edit of a message from before somebody joined", /\[VIS4\]/],
};

for (const [mutant, [name, failure]] of Object.entries(caught) as [Mutant, readonly [CaseName, RegExp]][]) {
  test(`the simulator notices: ${mutant}`, async () => {
    expect(playCase(name, statements, mutant)).rejects.toThrow(failure);
  }, 30_000);
}
