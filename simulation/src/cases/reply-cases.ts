import type { Case } from "./case.ts";

/** Messages that answer others. */
export const replyCases = {
  "answers to messages that are far away, changed and deleted meanwhile": {
    rules: ["RPL1", "RPL2", "RPL3"],
    devices: [1, 2],
    late: ["ben-2"],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const posted: string[] = [];
      for (let batch = 0; batch < 12; batch++) {
        const ids = Array.from({ length: 20 }, (_, index) => stage.post("ada-1", conversation, `${batch}.${index}`));
        posted.push(...ids);
        await stage.untilJudged(...ids);
      }
      const answered = posted.slice(0, 6);
      const answers = answered.map((id, index) => stage.post("ben-1", conversation, `answer ${index}`, id));
      await stage.untilJudged(...answers);
      // One device has what is answered, outside of its window; the other has only the newest entries.
      const near = await stage.look("ben-1", conversation);
      stage.device("ben-2").start();
      await stage.untilOnline("ben-2");
      const far = await stage.look("ben-2", conversation);
      const quoted = () => [near, far].map(({ messages }) => messages.flatMap(({ quote }) => quote?.said.kind ?? []));
      await world.until(() => quoted().every((kinds) => kinds.join() === Array(6).fill("text").join()));
      for (const [index, id] of answered.entries()) {
        if (index % 2 === 0) world.typist.edit(stage.device("ada-1"), conversation, id, `changed ${index}`);
        if (index % 3 === 0) world.typist.remove(stage.device("ada-1"), conversation, id);
      }
      world.typist.edit(stage.device("ben-1"), conversation, answers[1] ?? "", "still an answer");
      await world.run(3_000);
      await world.inspectEverything();
    },
  },

  "an answer to what was said before one came": {
    rules: ["RPL2", "VIS2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1");
      const secret = stage.post("ada-1", conversation, "before Ben");
      await stage.untilJudged(secret);
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("ben-1")]);
      await world.until(() => stage.listed("ben-1", conversation) !== undefined);
      const screen = await stage.look("ben-1", conversation);
      const answer = stage.post("ada-1", conversation, "as I said", secret);
      await stage.untilJudged(answer);
      await world.until(() =>
        screen.messages.some(({ id, quote }) => id === answer && quote?.said.kind === "unavailable"),
      );
    },
  },
} satisfies Record<string, Case>;
