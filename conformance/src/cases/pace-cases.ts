import { limits, ProblemCode } from "@parley/protocol";
import { expectAccepted, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectMatch, expectThat } from "../kit/expectation.ts";
import { unordered } from "../kit/orders.ts";

/** How much a device may leave unanswered, and how fast it may go. */
export const paceCases: readonly ConformanceCase[] = [
  {
    title: "[LIMIT20] [SUBMIT1] more unanswered submissions than Welcome's credit end the link with FLOODING",
    async run(session) {
      const device = await session.online(await session.person());
      const submissions = Array.from({ length: limits.submissionsPerFrame }, () => ({
        order: unordered,
        command: Uint8Array.of(1),
      }));
      for (let frame = 0; frame < 20; frame++) device.send({ case: "submit", value: { submissions } });
      await device.expectProblem(ProblemCode.FLOODING);
    },
  },
  {
    title:
      "[LIMIT20] [REQUEST1] 32 requests may be unanswered at once; more are FLOODING, unless they are answered as fast as they come",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      const ask = (id: number) =>
        device.send({ case: "request", value: { id, question: { case: "changes", value: { conversation: log } } } });
      const ids = Array.from({ length: 32 }, (_, index) => index + 1);
      ids.forEach(ask);
      await Promise.all(ids.map((id) => device.expect("response", (response) => response.id === id)));
      for (let id = 100; id < 400; id++) ask(id);
      const last = device.expect("response", ({ id }) => id === 399);
      await last.catch(() => device.expectProblem(ProblemCode.FLOODING));
    },
  },
  {
    title:
      "[LIMIT22] [VERDICT5] beyond 10,000 verdicts at once the answer is a Retry that records nothing, and later the command is judged",
    async run(session) {
      const person = await session.person();
      session.spend(person);
      const device = await session.online(person);
      const log = await session.group(device, [], { title: "Fast" });
      for (let frame = 0; frame < 400; frame++) {
        const commands = Array.from({ length: limits.submissionsPerFrame }, () => setTitle(log, "Fast"));
        const answers = await device.submit(commands);
        const limited = answers.find(({ outcome }) => outcome.case === "retry");
        if (limited === undefined) continue;
        expectMatch(limited.outcome, { case: "retry", value: { code: 1 } }, "the answer beyond the limit");
        const waitMs = limited.outcome.case === "retry" ? limited.outcome.value.retryAfterMs : 0;
        expectThat(waitMs > 0 && waitMs < 60_000, "a time to wait", waitMs);
        const known = await device.ask({ case: "verdicts", value: { log, ids: [limited.id] } });
        expectMatch(known, { case: "verdicts", value: { answers: [] } }, "the verdicts after Retry");
        await Bun.sleep(waitMs + 100);
        expectAccepted((await device.submit(commands.filter(({ id }) => id === limited.id)))[0]);
        return;
      }
      throw new Error("25,600 commands at once were not limited.");
    },
  },
];
