import {
  ConversationService,
  limits,
  notesConversationId,
  ProblemCode,
  pictureId,
  RejectionCode,
} from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import { ensureNotes, expectAccepted, expectRejected, leave, setPicture } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

const { INVALID, NOT_ALLOWED, NOT_MEMBER } = RejectionCode;
const NOTHING = new Uint8Array();

/** Pictures of groups. */
export const pictureCases: readonly ConformanceCase[] = [
  {
    title: "[PICTURE1] members set the picture of a group, which events and the state name by its id, or remove it",
    async run(session) {
      const { device, other, log } = await pair(session);
      const bytes = samplePicture({ said: "first" });
      const change = setPicture(log, bytes);
      expectAccepted((await other.submit([change]))[0]);
      const told = { case: "pictureSet", value: { picture: pictureId(bytes) } };
      const { event } = await device.expect("event", (frame) => frame.event?.id === change.id);
      expectMatch(event?.body, told, "the event");
      const entry = await entryOf(device, log, change.id);
      expectMatch(entry?.body, { case: "system", value: { what: told } }, "its entry");
      expectEqual(await pictureOf(device, log), pictureId(bytes), "the picture of the state");
      const again = setPicture(log, bytes);
      expectAccepted((await device.submit([again]))[0]);
      const same = await device.expect("event", (frame) => frame.event?.id === again.id);
      expectEqual(same.event?.body.case, "noEffect", "the same again");
      expectAccepted((await device.submit([setPicture(log, NOTHING)]))[0]);
      expectEqual(await pictureOf(device, log), "", "the state without one");
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([setPicture(log, bytes)]))[0], NOT_MEMBER);
    },
  },
  {
    title: "[PICTURE1] only groups have a picture",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = notesConversationId(person.account);
      await device.submit([ensureNotes(log)]);
      expectRejected((await device.submit([setPicture(log, samplePicture())]))[0], NOT_ALLOWED);
    },
  },
  {
    title:
      "[LIMIT97] [LIMIT98] a picture is a JPEG of 32 KiB and 512 pixels each way, and no more, whatever it says of itself",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const { pictureBytes, pictureSide } = limits;
      for (const most of [{ bytes: pictureBytes }, { width: pictureSide, height: pictureSide }, { width: 1 }]) {
        expectAccepted((await device.submit([setPicture(log, samplePicture(most))]))[0]);
      }
      const giant = samplePicture({ width: 65_535, height: 65_535 });
      const png = Uint8Array.of(
        0x89,
        0x50,
        0x4e,
        0x47,
        13,
        10,
        26,
        10,
        0,
        0,
        0,
        13,
        0x49,
        0x48,
        0x44,
        0x52,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        1,
      );
      for (const none of [
        samplePicture({ bytes: pictureBytes + 1 }),
        samplePicture({ width: pictureSide + 1 }),
        samplePicture({ height: pictureSide + 1 }),
        samplePicture({ width: 0 }),
        giant,
        png,
        new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>"),
        samplePicture().subarray(0, 20),
        Uint8Array.of(0xff),
      ]) {
        expectRejected((await device.submit([setPicture(log, none)]))[0], INVALID);
      }
    },
  },
  {
    title:
      "[PICTURE2] [PICTURE4] its bytes are given to who sees the group have it, on the socket and over HTTP, and to nobody else",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const stranger = await session.person();
      const bytes = samplePicture({ said: "to be seen" });
      const picture = pictureId(bytes);
      expectAccepted((await device.submit([setPicture(log, bytes)]))[0]);
      expectEqual(await bytesOf(other, log, picture), bytes, "what a member is given");
      const { getPicture } = ConversationService.method;
      const asked = { conversation: log, picture };
      expectEqual((await session.as(ana).call(getPicture, asked)).picture, bytes, "what is given over HTTP");
      for (const [conversation, id] of [
        [log, pictureId(samplePicture({ said: "another" }))],
        [freshId(), picture],
      ] as const) {
        await expectProblem(device, conversation, id, ProblemCode.NOT_FOUND);
        await session.as(ana).refused(getPicture, { conversation, picture: id }, ProblemCode.NOT_FOUND);
      }
      for (const [conversation, id] of [
        [log, ""],
        [log, picture.toUpperCase()],
        ["log", picture],
      ] as const) {
        await expectProblem(device, conversation, id, ProblemCode.INVALID);
        await session.as(ana).refused(getPicture, { conversation, picture: id }, ProblemCode.INVALID);
      }
      await expectProblem(await session.online(stranger), log, picture, ProblemCode.NOT_FOUND);
      await session.as(stranger).refused(getPicture, asked, ProblemCode.NOT_FOUND);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectEqual(await bytesOf(other, log, picture), bytes, "what a former member is given of when they left");
      const next = samplePicture({ said: "after somebody left" });
      expectAccepted((await device.submit([setPicture(log, next)]))[0]);
      await expectProblem(other, log, pictureId(next), ProblemCode.NOT_FOUND);
      await session.as(ben).refused(getPicture, { ...asked, picture: pictureId(next) }, ProblemCode.NOT_FOUND);
    },
  },
  {
    title: "[PICTURE3] a picture that was replaced or removed is given to nobody",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [first, second] = [samplePicture({ said: "one" }), samplePicture({ said: "two" })];
      (await device.submit([setPicture(log, first), setPicture(log, second)])).forEach(expectAccepted);
      await expectProblem(other, log, pictureId(first), ProblemCode.NOT_FOUND);
      expectEqual(await bytesOf(other, log, pictureId(second)), second, "the one that is there");
      expectAccepted((await other.submit([setPicture(log, NOTHING)]))[0]);
      for (const each of [device, other]) await expectProblem(each, log, pictureId(second), ProblemCode.NOT_FOUND);
    },
  },
];

async function pictureOf(device: RawDevice, conversation: string): Promise<string | undefined> {
  const answer = await device.ask({ case: "changes", value: { conversation } });
  return answer.case === "reset" ? answer.value.state?.picture : undefined;
}

async function bytesOf(device: RawDevice, conversation: string, picture: string): Promise<Uint8Array | undefined> {
  const answer = await device.ask({ case: "picture", value: { conversation, picture } });
  return answer.case === "picture" ? answer.value.picture : undefined;
}

async function expectProblem(
  device: RawDevice,
  conversation: string,
  picture: string,
  code: ProblemCode,
): Promise<void> {
  const answer = await device.ask({ case: "picture", value: { conversation, picture } });
  expectMatch(answer, { case: "problem", value: { code } }, "the answer");
}
