import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import type { MessageRow, TimelineRow } from "@parley/client";
import {
  CommandSchema,
  ConversationKind,
  consequenceId,
  Encryption,
  EntrySchema,
  EventSchema,
  followerCommandId,
  hashOfSecret,
  limits,
  MarkUpdateSchema,
  MemberMarkSchema,
  PlainSchema,
  ReadStateSchema,
  threadConversationId,
} from "@parley/protocol";
import type { History } from "../history/history.ts";
import { checkHistory } from "./check-history.ts";
import { acceptedAs, log, SampleHistory, sampleId } from "./sample-history.ts";
import { truthOf } from "./truth-of.ts";

/** Ada and Ben talk, and Cleo is a stranger. Ids are 1 to 6: created, two posts, an edit, a post that is erased, its erasure. */
function talk(): SampleHistory {
  const sample = new SampleHistory("ada", "ben", "cleo");
  sample.begin("ada", "ben");
  sample.post("ada", "first");
  sample.post("ben", "second");
  sample.edit("ada", sampleId(2), "first, edited");
  sample.post("ada", "secret");
  sample.remove("ada", sampleId(5));
  return sample;
}

function rulesBrokenBy(history: History): string[] {
  return [...new Set(checkHistory(history).map(({ rule }) => rule))].sort();
}

/** The honest history with one thing changed. */
function planted(change: (sample: ReturnType<SampleHistory["observed"]>) => void, sample = talk()): string[] {
  const observed = sample.observed();
  change(observed);
  return rulesBrokenBy(observed);
}

/** Changes one message row of a device's only screen. */
function redraw(rows: readonly TimelineRow[], id: string, body: MessageRow["body"]): TimelineRow[] {
  return rows.map((row) => (row.id === id && row.kind === "message" ? { ...row, body } : row));
}

test("an honest history breaks no rule", () => {
  expect(rulesBrokenBy(talk().observed())).toEqual([]);
  const withRemoval = talk();
  withRemoval.expel("ada", "ben");
  withRemoval.post("ada", "alone");
  expect(rulesBrokenBy(withRemoval.observed())).toEqual([]);
});

describe("planted in what the server gives out", () => {
  test("[CMD9] an acknowledged message is lost", () => {
    const sample = talk();
    const { readings } = sample.observed();
    sample.post("ada", "acknowledged, then gone");
    expect(rulesBrokenBy({ ...sample, readings })).toContain("CMD9");
  });

  test("[LOG4] a page lacks an entry", () => {
    expect(planted(({ readings }) => readings[1]?.pages[0]?.entries.splice(2, 1))).toEqual(["LOG4", "VIS3"]);
  });

  test("[LOG1] a message is there twice", () => {
    const twice = planted(({ readings }) => {
      const page = readings[0]?.pages[0];
      const entry = page?.entries[1];
      if (entry !== undefined) page?.entries.splice(2, 0, entry);
    });
    expect(twice).toContain("LOG1");
  });

  test("[LOG3] two messages are swapped", () => {
    const swapped = planted(({ readings }) => {
      const page = readings[0]?.pages[0];
      const [, one, other] = page?.entries ?? [];
      if (page === undefined || one === undefined || other === undefined) return;
      page.entries[1] = create(EntrySchema, { ...other, ordinal: one.ordinal });
      page.entries[2] = create(EntrySchema, { ...one, ordinal: other.ordinal });
    });
    expect(swapped).toEqual(["LOG3"]);
  });

  test("[CMD4] a message was made up", () => {
    const invented = planted(({ readings }) => {
      const { pages, statuses } = readings[0] ?? {};
      pages?.[0]?.entries.push(create(EntrySchema, { id: sampleId(7), conversation: log, ordinal: 5, seq: 7, rev: 7 }));
      const head = statuses?.[0]?.head;
      if (head !== undefined) head.seq = 7;
    });
    expect(invented).toEqual(["CMD4", "VIS1"]);
  });

  test("[VIS5] a stranger is given the conversation", () => {
    const leaked = planted(({ readings }) => {
      const page = readings[0]?.pages[0];
      if (page !== undefined) readings[2]?.pages.push(page);
      readings[2]?.refused.clear();
    });
    expect(leaked).toEqual(["VIS1", "VIS5"]);
  });

  test("[VIS1] who was removed sees what came later", () => {
    const sample = talk();
    sample.expel("ada", "ben");
    sample.post("ada", "alone");
    const leaked = planted(({ device, readings }) => {
      const page = readings[0]?.pages[0];
      if (page !== undefined) readings[1]?.pages.push(page);
      device("ben").events.push(...device("ada").events.slice(-1));
    }, sample);
    expect(leaked).toContain("VIS1");
  });

  test("[LOG3] an edit is lost", () => {
    const lost = planted(({ readings }) => {
      const entry = readings[0]?.pages[0]?.entries[1];
      if (entry?.body.case === "message" && entry.body.value.state.case === "content") {
        entry.body.value.state.value.form = { case: "plain", value: create(PlainSchema, { text: "first" }) };
      }
    });
    expect(lost).toEqual(["LOG3"]);
  });

  test("[LOG1] an edit is applied twice", () => {
    const sample = talk();
    sample.accept("ada", sampleId(4), 7);
    expect(rulesBrokenBy(sample.observed())).toContain("CMD1");
  });

  test("[LOG5] an erased text is back", () => {
    const resurrected = planted(({ readings }) => {
      const entries = readings[0]?.pages[0]?.entries;
      const [before, erased] = [entries?.[1], entries?.[3]];
      if (before === undefined || erased === undefined) return;
      entries?.splice(3, 1, create(EntrySchema, { ...erased, body: before.body }));
    });
    expect(resurrected).toEqual(["LOG5"]);
  });

  test("[LOG3] a state is another", () => {
    const other = planted(({ readings }) => {
      const state = readings[0]?.states[0];
      if (state !== undefined) readings[0]?.states.push({ ...state, title: "Another" });
    });
    expect(other).toEqual(["LOG3"]);
  });

  test("[SYN3] two histories have one seq", () => {
    const forked = planted(({ device }) => {
      const event = device("ben").events[2];
      if (event !== undefined) device("ben").events[2] = create(EventSchema, { ...event, tag: 7 });
    });
    expect(forked).toEqual(["SYN3"]);
  });
});

describe("planted in verdicts", () => {
  test("[LOG1] a seq is missing", () => {
    const sample = talk();
    sample.answers.splice(3, 1);
    expect(rulesBrokenBy(sample.observed())).toContain("LOG1");
  });

  test("[LOG1] two commands have one seq", () => {
    const sample = talk();
    sample.answers.splice(2, 1, { account: "ben", answer: acceptedAs(sampleId(3), 2) });
    expect(rulesBrokenBy(sample.observed())).toContain("LOG1");
  });

  test("[CMD1] a verdict changed", () => {
    const sample = talk();
    sample.accept("ada", sampleId(2), 3);
    expect(rulesBrokenBy(sample.observed())).toEqual(["CMD1"]);
  });

  test("[CMD4] a command that nobody submitted was accepted", () => {
    const sample = talk();
    sample.accept("ada", sampleId(7), 7);
    expect(rulesBrokenBy(sample.observed())).toEqual(["CMD4"]);
  });

  test("[ORD5] a device's commands are in another order", () => {
    const sample = new SampleHistory("ada", "ben");
    sample.begin("ada", "ben");
    sample.post("ada", "first");
    sample.post("ada", "second");
    const [begun] = sample.answers.splice(0);
    if (begun !== undefined) sample.answers.push(begun);
    sample.accept("ada", sampleId(3), 2);
    sample.accept("ada", sampleId(2), 3);
    expect(rulesBrokenBy(sample.observed())).toEqual(["ORD5"]);
  });

  test("[CMD10] a stranger's command was accepted", () => {
    const sample = talk();
    sample.post("cleo", "from outside");
    expect(rulesBrokenBy(sample.observed())).toContain("CMD10");
  });

  test("[OUT1] what was typed has no verdict and is nowhere", () => {
    const typed = { id: sampleId(9), log, kind: "post", text: "never heard", target: undefined };
    const lost = planted(({ device }) => device("ben").typed.add({ ...typed, durable: true, discarded: false }));
    expect(lost).toEqual(["OUT1"]);
  });
});

describe("planted in what devices were told and showed", () => {
  test("[SYN1] an event is told twice on one socket, or out of order", () => {
    const repeated = planted(({ device }) => {
      const [event] = device("ben").events.slice(3, 4);
      if (event !== undefined) device("ben").events.splice(4, 0, event);
    });
    expect(repeated).toEqual(["SYN1"]);
    expect(planted(({ device }) => device("ben").events.reverse())).toEqual(["SYN1"]);
  });

  test("[LOG3] an event is told with another text", () => {
    const altered = planted(({ device }) => {
      const event = device("ben").events[1];
      const other = device("ben").events[2];
      if (event !== undefined && other !== undefined) {
        device("ben").events[1] = create(EventSchema, { ...event, body: other.body });
      }
    });
    expect(altered).toEqual(["LOG3"]);
  });

  test("[SYN2] two screens differ", () => {
    const differing = planted(({ device }) => {
      const [view] = device("ben").screens.splice(0);
      if (view === undefined) return;
      const rows = redraw(view.rows, sampleId(2), { kind: "text", text: "first", edited: false });
      device("ben").screens.push({ ...view, rows });
    });
    expect(differing).toEqual(["SYN2"]);
  });

  test("[SYN2] a screen shows somebody in another role", () => {
    const promoted = planted(({ device }) => {
      const [view] = device("ben").screens.splice(0);
      const members = view?.members.map((member) => ({ ...member, role: "admin" as const }));
      if (view !== undefined && members !== undefined) device("ben").screens.push({ ...view, members });
    });
    expect(promoted).toEqual(["SYN2"]);
  });

  test("[SYN2] a screen lacks the newest message, or a list the conversation", () => {
    const behind = planted(({ device }) => {
      const [view] = device("ben").screens.splice(0);
      if (view !== undefined) device("ben").screens.push({ ...view, rows: view.rows.slice(0, -1) });
    });
    expect(behind).toEqual(["SYN2"]);
    expect(planted(({ device }) => device("ben").listed.pop())).toEqual(["SYN2"]);
  });

  test("[SYN2] a list tells another newest message", () => {
    const stale = planted(({ device }) => {
      const preview = { author: "ada", authorName: "ada", mine: false, status: undefined, what: undefined };
      const newest = { ...preview, kind: "message", text: "secret" } as const;
      device("ben").listed.splice(0, 1, ...device("ben").listed.map((view) => ({ ...view, newest })));
    });
    expect(stale).toEqual(["SYN2"]);
  });

  test("[LOG5] an erased text comes back to a screen", () => {
    const resurrected = planted((sample) => {
      const { device } = sample;
      const [view] = device("ben").screens;
      if (view === undefined) return;
      const rows = redraw(view.rows, sampleId(5), { kind: "text", text: "secret", edited: false });
      const before = { life: 1, at: 0, view: { ...view, rows } };
      device("ben").sightings.push(before, { life: 1, at: 0, view });
      expect(rulesBrokenBy(sample)).toEqual([]);
      device("ben").sightings.push(before);
    });
    expect(resurrected).toEqual(["LOG5"]);
  });

  test("[VIS5] a stranger's device lists the conversation", () => {
    const leaked = planted(({ device }) => {
      device("cleo").listed.push(...device("ben").listed);
      device("cleo").screens.push(...device("ben").screens);
    });
    expect(leaked).toContain("VIS5");
  });
});

describe("planted in what an account keeps for itself", () => {
  test("[PRF1] [SAV1] a device shows something else as pinned or saved than was accepted last", () => {
    const pinned = planted(({ device }) => {
      device("ada").listed.splice(0, 1, ...device("ada").listed.map((view) => ({ ...view, pinned: true })));
    });
    expect(pinned).toEqual(["PRF1"]);
    const saying = (count: number) => {
      const sample = talk();
      const save = (message: string, saved: boolean, seq: number) =>
        sample.set("ada", { case: "setSaved", value: { conversation: log, message, saved } }, seq);
      save(sampleId(2), true, 1);
      save(sampleId(3), true, 2);
      save(sampleId(2), false, 3);
      sample.device("ada").saved = count;
      return rulesBrokenBy(sample.observed());
    };
    expect([saying(1), saying(2)]).toEqual([[], ["SAV1"]]);
  });

  test("[SCH1] a scheduled message is neither posted nor told of, or is posted before its time", () => {
    const scheduling = (at: number) => {
      const sample = talk();
      const content = { form: { case: "plain", value: { text: "later" } } } as const;
      const value = { conversation: log, at, content };
      return { sample, id: sample.set("ada", { case: "scheduleMessage", value }, 1) };
    };
    expect(rulesBrokenBy(scheduling(7).sample.observed())).toEqual(["SCH1"]);
    const posted = (at: number) => {
      const { sample, id } = scheduling(at);
      const body = { case: "posted", value: {} } as const;
      const made = { id: followerCommandId("scheduled-messages", id, 1), log, seq: 7, ordinal: 4, author: "ada", body };
      return planted(({ stored }) => stored.push(create(EventSchema, { ...made, receivedAt: 7 })), sample);
    };
    expect(posted(7)).not.toContain("SCH1");
    expect(posted(8)).toContain("SCH1");
  });
});

describe("planted in what the server does by itself", () => {
  const thread = threadConversationId(log, sampleId(2));
  const [begin, reply] = [sampleId(0xa01), sampleId(0xa02)];

  /** Ben replies in a thread below Ada's first message. @param told how many replies its root tells of */
  function discussion(told = 1): SampleHistory {
    const sample = talk();
    const place = { kind: ConversationKind.THREAD, encryption: Encryption.NONE, parent: log, root: sampleId(2) };
    const commands = [
      { id: begin, body: { case: "create", value: place } },
      { id: reply, body: { case: "post", value: {} } },
    ] as const;
    for (const [index, { id, body }] of commands.entries()) {
      sample.device("ben").submitted.push(create(CommandSchema, { id, log: thread, body }));
      sample.answers.push({ account: "ben", answer: acceptedAs(id, index + 1, thread) });
      sample.stored.push(create(EventSchema, { id, log: thread, seq: index + 1, parentSeq: 6 }));
    }
    const summary = { replies: told, lastReplyAt: 2, participants: ["ben"] };
    const body = { case: "threadChanged", value: { root: sampleId(2), summary } } as const;
    const id = consequenceId({ log: thread, id: reply }, log, "ben");
    sample.stored.push(create(EventSchema, { id, log, seq: 7, author: "ben", body }));
    return sample;
  }

  const rulesOf = (sample: SampleHistory) => truthOf({ ...sample, readings: [] }).violations.map(({ rule }) => rule);

  test("[THR5] the root of a thread tells of other replies than there are", () => {
    expect(rulesOf(discussion())).toEqual([]);
    expect(rulesOf(discussion(2))).toEqual(["THR5"]);
  });

  test("[THR7] who parts from a conversation goes on following its threads", () => {
    const sample = discussion();
    const id = sampleId(8);
    sample
      .device("ada")
      .submitted.push(
        create(CommandSchema, { id, log, body: { case: "removeMembers", value: { accounts: ["ben"] } } }),
      );
    sample.accept("ada", id, 8);
    expect(rulesOf(sample)).toEqual(["THR7"]);
    const body = { case: "unfollowed", value: {} } as const;
    const end = { id: consequenceId({ log, id }, thread, "ben"), log: thread, seq: 3, author: "ben", parentSeq: 8 };
    sample.stored.push(create(EventSchema, { ...end, body }));
    expect(rulesOf(sample)).toEqual([]);
  });

  test("[INV6] who asks to be let in is let in once, and by who may", () => {
    const secret = new Uint8Array(limits.inviteSecretBytes).fill(7);
    const asking = () => {
      const sample = talk();
      const invite = { secretHash: hashOfSecret(secret), label: "", lifetimeMs: 0, maxUses: 0, needsApproval: true };
      sample.do("ada", { case: "makeInvite", value: invite });
      sample.do("cleo", { case: "join", value: { secret } });
      return sample;
    };
    const accept = { case: "answerJoin", value: { account: "cleo", accept: true } } as const;
    const answered = asking();
    answered.do("ada", accept);
    expect(rulesOf(answered)).toEqual([]);
    expect(
      truthOf({ ...answered, readings: [] })
        .ledger.log(log)
        .isPresent("cleo"),
    ).toBeTrue();
    const byOther = asking();
    byOther.do("ben", accept);
    expect(rulesOf(byOther)).toEqual(["CMD10"]);
  });
});

test("[INV2] revoking a link that is used up does nothing", () => {
  const secret = new Uint8Array(limits.inviteSecretBytes).fill(7);
  const effectOfRevoking = (maxUses: number) => {
    const sample = talk();
    const invite = { secretHash: hashOfSecret(secret), label: "", lifetimeMs: 0, maxUses, needsApproval: false };
    const made = sample.do("ada", { case: "makeInvite", value: invite });
    sample.do("cleo", { case: "join", value: { secret } });
    sample.do("ada", { case: "revokeInvite", value: { invite: made } });
    return truthOf({ ...sample, readings: [] })
      .ledger.log(log)
      .events.at(-1)?.body.case;
  };
  expect([effectOfRevoking(2), effectOfRevoking(1)]).toEqual(["inviteRevoked", "noEffect"]);
});

describe("planted in marks", () => {
  const state = (read: number) => create(ReadStateSchema, { conversation: log, delivered: read, read });
  const asked = (read: number) => create(MarkUpdateSchema, { conversation: log, delivered: read, read });

  test("[MRK1] a mark goes back, on one socket or over a crash", () => {
    const back = planted(({ device }) => {
      device("ben").marked.push(asked(3));
      device("ben").readStates.push(state(3), state(2));
    });
    expect(back).toEqual(["MRK1"]);
    const forgotten = planted(({ device }) => {
      device("ben").marked.push(asked(3));
      device("ben").readStates.push(state(3));
    });
    expect(forgotten).toEqual(["MRK1"]);
  });

  test("[MRK1] a mark was never asked for, or is told to others as more than it is", () => {
    const invented = planted(({ readings }) => {
      const status = readings[1]?.statuses[0];
      if (status !== undefined) status.read = create(ReadStateSchema, { ...state(1), unread: 1 });
    });
    expect(invented).toContain("MRK1");
    const exaggerated = planted(({ device }) =>
      device("ada").memberMarks.push(create(MemberMarkSchema, { conversation: log, account: "ben", delivered: 1 })),
    );
    expect(exaggerated).toEqual(["MRK1"]);
  });

  test("[MRK2] a mark is beyond the newest entry", () => {
    const beyond = planted(({ device, readings }) => {
      device("ben").marked.push(asked(9));
      const status = readings[1]?.statuses[0];
      if (status !== undefined) status.read = create(ReadStateSchema, { ...state(9), unread: 0 });
      device("ben").listed.splice(0, 1, ...device("ben").listed.map((view) => ({ ...view, unread: 0 })));
    });
    expect(beyond).toEqual(["MRK2"]);
  });

  test("[MRK3] a count of unread messages is wrong, from the server or on a screen", () => {
    const miscounted = planted(({ readings }) => {
      const read = readings[1]?.statuses[0]?.read;
      if (read !== undefined) read.unread += 1;
    });
    expect(miscounted).toEqual(["MRK3"]);
    const misshown = planted(({ device }) => {
      device("ben").listed.splice(0, 1, ...device("ben").listed.map((view) => ({ ...view, unread: 9 })));
    });
    expect(misshown).toEqual(["MRK3"]);
  });
});
