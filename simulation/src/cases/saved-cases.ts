import { type Case, expectThat } from "./case.ts";

/** What one person saves on two devices. */
export const savedCases = {
  "a message that is saved on one device while another one, without a network, saves the next and not this one": {
    rules: ["SAV1", "SAV4"],
    devices: [2, 1],
    async play(stage) {
      // What is said last of the first one, that it is not saved, reaches the server last.
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const [first, second] = [stage.post("ben-1", conversation, "one"), stage.post("ben-1", conversation, "two")];
      await stage.untilJudged(first, second);
      await stage.look("ada-1", conversation);
      await stage.look("ada-2", conversation);
      stage.device("ada-2").link.takeDown();
      stage.save("ada-2", conversation, second, true);
      stage.save("ada-2", conversation, first, false);
      stage.save("ada-1", conversation, first, true);
      await stage.world.run(10_000);
    },
    atRest(stage) {
      for (const name of ["ada-1", "ada-2"]) {
        const saved = stage
          .device(name)
          .disk.image.state()
          .meta?.saved?.map(({ ordinal }) => ordinal);
        expectThat(`the second is saved on ${name}: ${saved}`, saved?.join() === "3");
      }
    },
  },
} satisfies Record<string, Case>;
