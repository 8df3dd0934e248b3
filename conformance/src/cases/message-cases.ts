import { RejectionCode } from "@parley/protocol";
import {
  command,
  edit,
  erase,
  expectAccepted,
  expectRejected,
  leave,
  post,
  react,
  reply,
  setTitle,
  unreact,
  withdraw,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair, rowOf } from "../kit/pair.ts";

/** Commands about messages: who may, what they do and how they fail. */
export const messageCases: readonly ConformanceCase[] = [
  {
    title: "[POST1] a post is a message under the command's id; without readable content it is refused",
    async run(session) {
      const { device, other, log } = await pair(session);
      const message = post(log, "Hello");
      expectAccepted((await device.submit([message]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === message.id);
      expectMatch(
        event?.body,
        { case: "posted", value: { content: { form: { case: "plain", value: { text: "Hello" } } } } },
        "the event",
      );
      expectRejected((await device.submit([command(log, { case: "post", value: {} })]))[0], RejectionCode.INVALID);
      expectRejected(
        (await device.submit([command(log, { case: "post", value: { content: {} } })]))[0],
        RejectionCode.INVALID,
      );
      const sealed = { content: { form: { case: "sealed", value: Uint8Array.of(1, 2, 3) } } } as const;
      expectRejected(
        (await device.submit([command(log, { case: "post", value: sealed })]))[0],
        RejectionCode.NOT_SUPPORTED,
      );
    },
  },
  {
    title:
      "[REPLY1] what a message answers is kept as it was named, whether it is there or not; what is no id is INVALID",
    async run(session) {
      const { device, other, log } = await pair(session);
      const message = post(log, "Tea?");
      const nowhere = freshId();
      const [answer, astray] = [reply(log, message.id, "Yes"), reply(log, nowhere, "To nothing")];
      (await device.submit([message, answer, astray])).forEach(expectAccepted);
      for (const [id, value] of [
        [answer.id, { text: "Yes", replyTo: message.id }],
        [astray.id, { text: "To nothing", replyTo: nowhere }],
      ] as const) {
        const content = { form: { case: "plain", value } } as const;
        const { event } = await other.expect("event", (frame) => frame.event?.id === id);
        expectMatch(event?.body, { case: "posted", value: { content } }, "the event");
        expectMatch((await rowOf(other, log, id)).state, { case: "content", value: content }, "the row");
      }
      expectAccepted((await device.submit([erase(log, message.id)]))[0]);
      const row = await rowOf(other, log, answer.id);
      expectMatch(row.state, { value: { form: { value: { replyTo: message.id } } } }, "the answer to what was deleted");
      expectAccepted((await device.submit([edit(log, answer.id, "Yes!")]))[0]);
      const edited = await rowOf(other, log, answer.id);
      expectMatch(edited.state, { value: { form: { value: { text: "Yes!", replyTo: "" } } } }, "what the edit says");
      for (const replyTo of ["that one", message.id.toUpperCase()])
        expectRejected((await device.submit([reply(log, replyTo, "?")]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[FORWARD1] that a message was passed on is kept as it was said, and said anew by an edit",
    async run(session) {
      const { device, other, log } = await pair(session);
      const value = { text: "Passed on", forwarded: true } as const;
      const content = { form: { case: "plain", value } } as const;
      const message = command(log, { case: "post", value: { content } });
      expectAccepted((await device.submit([message]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === message.id);
      expectMatch(event?.body, { case: "posted", value: { content } }, "the event");
      expectMatch((await rowOf(other, log, message.id)).state, { case: "content", value: content }, "the row");
      expectAccepted((await device.submit([edit(log, message.id, "Mine")]))[0]);
      const edited = await rowOf(other, log, message.id);
      expectMatch(
        edited.state,
        { value: { form: { value: { text: "Mine", forwarded: false } } } },
        "what the edit says",
      );
    },
  },
  {
    title: "[EDIT1] an author replaces the content; others, and what is not there or deleted, are refused",
    async run(session) {
      const { device, other, log } = await pair(session);
      const message = post(log, "Helo");
      const change = edit(log, message.id, "Hello");
      (await device.submit([message, change])).forEach(expectAccepted);
      const { event } = await other.expect("event", (frame) => frame.event?.id === change.id);
      expectMatch(
        event,
        {
          ordinal: 0,
          body: { case: "edited", value: { target: message.id, content: { form: { value: { text: "Hello" } } } } },
        },
        "the event",
      );
      const row = await rowOf(other, log, message.id);
      expectThat(row.editedAt > 0, "a time of the edit", row);
      expectRejected((await other.submit([edit(log, message.id, "Mine")]))[0], RejectionCode.NOT_ALLOWED);
      expectRejected((await device.submit([edit(log, freshId(), "What?")]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectRejected((await device.submit([edit(log, "that one", "What?")]))[0], RejectionCode.INVALID);
      expectAccepted((await device.submit([erase(log, message.id)]))[0]);
      expectRejected((await device.submit([edit(log, message.id, "Back")]))[0], RejectionCode.TARGET_DELETED);
    },
  },
  {
    title:
      "[WITHDRAW1] withdrawing takes back a message, leaves other effects, and keeps what was never received from happening",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [message, title, refused, late] = [
        post(log, "Oops"),
        setTitle(log, "Stays"),
        setTitle(log, ""),
        post(log, "Late"),
      ];
      await device.submit([message, title, refused]);
      for (const [target, body] of [
        [message.id, "erased"],
        [message.id, "noEffect"],
        [title.id, "noEffect"],
        [refused.id, "noEffect"],
        [late.id, "noEffect"],
      ] as const) {
        const withdrawal = withdraw(log, target);
        expectAccepted((await device.submit([withdrawal]))[0]);
        const { event } = await other.expect("event", (frame) => frame.event?.id === withdrawal.id);
        expectMatch(event?.body, { case: body }, "the event");
      }
      expectRejected((await device.submit([late]))[0], RejectionCode.WITHDRAWN);
      expectMatch(await rowOf(device, log, message.id), { state: { case: "deleted" } }, "the message");
      const others = post(log, "Not yours");
      expectAccepted((await other.submit([others]))[0]);
      expectRejected((await device.submit([withdraw(log, others.id)]))[0], RejectionCode.NOT_ALLOWED);
      expectRejected((await device.submit([withdraw(log, "that one")]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[WITHDRAW1] a former member's withdrawal is NOT_MEMBER, and its target gets its verdict all the same",
    async run(session) {
      const { other, log } = await pair(session);
      const late = post(log, "Late");
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([withdraw(log, late.id)]))[0], RejectionCode.NOT_MEMBER);
      expectRejected((await other.submit([late]))[0], RejectionCode.WITHDRAWN);
    },
  },
  {
    title: "[DELETE1] [ROWS6] deleting leaves a tombstone; authors may, and owners of a group, and nobody else",
    async run(session) {
      const { device, other, log, ana } = await pair(session);
      const [own, others] = [post(log, "mine"), post(log, "theirs")];
      expectAccepted((await device.submit([own]))[0]);
      await other.submit([others, edit(log, others.id, "theirs!"), react(log, others.id, "👍")]);
      expectRejected((await other.submit([erase(log, own.id)]))[0], RejectionCode.NOT_ALLOWED);
      const deletion = erase(log, others.id);
      expectAccepted((await device.submit([deletion]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === deletion.id);
      expectMatch(event?.body, { case: "erased", value: { target: others.id } }, "the event");
      const tombstone = {
        state: { case: "deleted", value: { by: ana.account, at: event?.receivedAt } },
        editedAt: 0,
        reactions: [],
        envelope: undefined,
      };
      expectMatch(await rowOf(other, log, others.id), tombstone, "the tombstone");
      expectRejected((await device.submit([erase(log, freshId())]))[0], RejectionCode.TARGET_NOT_FOUND);
      const again = erase(log, others.id);
      expectAccepted((await device.submit([again]))[0]);
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === again.id)).event?.body,
        { case: "noEffect" },
        "the second event",
      );
    },
  },
  {
    title: "[REACTION1] [REACTION2] [ROWS5] reactions are set and unset, each by its author, in order",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const message = post(log, "👍?");
      expectAccepted((await device.submit([message]))[0]);
      const [set, unset] = [react(log, message.id, "👍"), unreact(log, message.id, "👍")];
      expectAccepted((await other.submit([set]))[0]);
      (await device.submit([react(log, message.id, "👍"), react(log, message.id, "🍵")])).forEach(expectAccepted);
      const reactions = [
        { emoji: "👍", accounts: [ben.account, ana.account] },
        { emoji: "🍵", accounts: [ana.account] },
      ];
      expectMatch(await rowOf(device, log, message.id), { reactions }, "the reactions");
      expectAccepted((await other.submit([unset]))[0]);
      expectMatch(
        await rowOf(device, log, message.id),
        { reactions: [{ emoji: "👍", accounts: [ana.account] }, {}] },
        "the reactions left",
      );
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === set.id)).event?.body,
        { case: "reactionSet", value: { target: message.id, emoji: "👍" } },
        "the event",
      );
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === unset.id)).event?.body,
        { case: "reactionUnset" },
        "the event",
      );
      for (const emoji of ["", "ab", "👍👍"])
        expectRejected((await other.submit([react(log, message.id, emoji)]))[0], RejectionCode.INVALID);
      expectRejected((await other.submit([react(log, freshId(), "👍")]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectRejected((await other.submit([unreact(log, freshId(), "👍")]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectAccepted((await device.submit([erase(log, message.id)]))[0]);
      expectRejected((await other.submit([react(log, message.id, "👍")]))[0], RejectionCode.TARGET_DELETED);
    },
  },
];
