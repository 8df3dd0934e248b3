import { pictureId } from "@parley/protocol";
import { madeUpPicture } from "../workload/made-up-picture.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

const [first, second, third] = [madeUpPicture("first"), madeUpPicture("second"), madeUpPicture("third")];

/** Pictures of groups. */
export const pictureCases = {
  "a picture that is set without a network, and replaced while one device is off and somebody has left": {
    rules: ["PIC1", "PIC2", "PIC3"],
    devices: [1, 2, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1", "ben-2", "cleo-1");
      stage.device("ada-1").link.takeDown();
      set(stage, "ada-1", conversation, first);
      await world.until(() => shown(stage, "ada-1", conversation) === pictureId(first));
      await look(stage, "ada-1", conversation, first);
      stage.device("ada-1").link.restore();
      for (const name of ["ben-1", "ben-2", "cleo-1"]) {
        await world.until(() => shown(stage, name, conversation) === pictureId(first));
        await look(stage, name, conversation, first);
      }
      await world.until(() => stage.device("ben-2").disk.image.picture(conversation) !== undefined);
      world.typist.leave(stage.device("cleo-1"), conversation);
      await world.until(() => !world.truth.ledger.log(conversation).isPresent(stage.account("cleo-1")));
      stage.device("ben-2").link.takeDown();
      await look(stage, "ben-2", conversation, first);
      for (const [name, picture] of [
        ["ada-1", second],
        ["ben-1", third],
      ] as const) {
        set(stage, name, conversation, picture);
        await world.until(() => world.truth.ledger.log(conversation).state?.picture === pictureId(picture));
      }
      world.server.crash(true);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      stage.device("ben-2").link.restore();
      await stage.untilOnline("ada-1", "ben-2");
      await world.until(() => shown(stage, "ben-2", conversation) === pictureId(third));
      await world.run(5_000);
    },
    atRest(stage) {
      const [conversation = ""] = stage.world.truth.ledger.logs.keys();
      const shownTo = ["ada-1", "ben-1", "ben-2", "cleo-1"].map((name) => shown(stage, name, conversation));
      const expected = [third, third, third, first].map(pictureId);
      expectThat(`each shows the last one that they saw: ${shownTo}`, shownTo.join() === expected.join());
    },
  },
} satisfies Record<string, Case>;

function set(stage: Stage, name: string, conversation: string, picture: Uint8Array): void {
  stage.world.typist.setPicture(stage.device(name), conversation, picture);
}

function shown(stage: Stage, name: string, conversation: string): string | undefined {
  return stage.listed(name, conversation)?.picture;
}

async function look(stage: Stage, name: string, conversation: string, picture: Uint8Array): Promise<void> {
  const { world } = stage;
  const asked = stage.owner(name).engine.picture(conversation, pictureId(picture));
  const isIt = asked.then((bytes) => expectThat(`${name} sees it`, pictureId(bytes) === pictureId(picture)));
  await world.time.await(isIt, 10_000, world.inspectStep);
}
