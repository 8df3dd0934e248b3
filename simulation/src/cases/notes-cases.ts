import { notesConversationId } from "@parley/protocol";
import { type Case, expectThat } from "./case.ts";

/** What one person writes to nobody else. */
export const notesCases = {
  "notes begun on two devices that know nothing of each other": {
    rules: ["DER2", "MRK3"],
    devices: [2],
    async play(stage) {
      const names = ["ada-1", "ada-2"];
      await stage.untilOnline(...names);
      for (const name of names) stage.device(name).link.takeDown();
      const notes = notesConversationId(stage.account("ada-1"));
      for (const name of names) {
        stage.world.typist.startDirect(stage.device(name), stage.account(name));
        await stage.world.until(() => stage.listed(name, notes) !== undefined);
        stage.post(name, notes, `of ${name}`);
      }
      await stage.world.run(10_000);
    },
    atRest(stage) {
      const notes = notesConversationId(stage.account("ada-1"));
      const texts = stage.texts(notes).slice(0, 2);
      expectThat(`both are there: ${texts}`, [...texts].sort().join() === "of ada-1,of ada-2");
      for (const name of ["ada-1", "ada-2"]) {
        const { kind, memberCount, unread } = stage.listed(name, notes) ?? {};
        expectThat(
          `${name} shows notes: ${kind} ${memberCount} ${unread}`,
          `${kind} ${memberCount} ${unread}` === "notes 1 0",
        );
      }
    },
  },
} satisfies Record<string, Case>;
