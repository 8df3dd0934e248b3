import { type Case, expectThat } from "./case.ts";

/** What people report to the admins of the server. */
export const reportCases = {
  "a report made without a network, of a message that is deleted after a first one, by who came late": {
    rules: ["RPT1", "RPT2", "RPT3"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const early = ["before", "before, too"].map((text) => stage.post("ben-1", conversation, text));
      await stage.untilJudged(...early);
      world.typist.addMembers(stage.device("ada-1"), conversation, [stage.account("cleo-1")]);
      await world.until(() => stage.listed("cleo-1", conversation) !== undefined);
      const late = ["around", "bad", "worse", "after"].map((text) => stage.post("ben-1", conversation, text));
      const [, bad = "", worse = ""] = late;
      await stage.untilJudged(...late);
      for (const name of ["ada-1", "cleo-1"]) await stage.look(name, conversation);
      await stage.untilJudged(stage.report("cleo-1", conversation, true, bad));
      stage.device("ada-1").link.takeDown();
      const waiting = [
        stage.report("ada-1", conversation, true, bad, worse),
        stage.report("ada-1", conversation, false, bad),
      ];
      const gone = world.typist.remove(stage.device("ben-1"), conversation, bad);
      await stage.untilJudged(gone);
      world.server.crash(true);
      await world.run(2_000);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      stage.device("ada-1").link.restore();
      await stage.untilJudged(...waiting);
    },
    atRest(stage) {
      const reports = stage.world.storeInspector.reports.map(({ messages }) =>
        messages
          .map(({ content, reported }) => {
            const text = content?.form.case === "plain" ? content.form.value.text : "";
            return reported ? `${text}!` : text;
          })
          .join(),
      );
      const said = reports.toSorted().join(" / ");
      const [late, early] = ["around,bad!,worse,after", "before,before, too,around,!,worse!,after"];
      expectThat(`two reports, as they were seen then: ${said}`, said === [late, early].toSorted().join(" / "));
    },
  },
} satisfies Record<string, Case>;
