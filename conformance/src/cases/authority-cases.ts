import { ConversationService, ProblemCode, RejectionCode } from "@parley/protocol";
import { Cast, type Place } from "../authority/cast.ts";
import { type CommandBodyCase, type CommandOutcome, commandRows } from "../authority/command-rows.ts";
import { type Attempt, type MethodOutcome, methodRows } from "../authority/method-rows.ts";
import { type QuestionInit, type QuestionOutcome, questionRows } from "../authority/question-rows.ts";
import { type Row, type Standing, standings } from "../authority/standings.ts";
import { type CommandInit, command, verdictOf } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { Session } from "../kit/session.ts";

/** Lets everybody try it, one after the other, and compares what comes of it with the row. */
async function tryAll<Outcome extends string>(
  what: string,
  comes: Row<Outcome>,
  attempt: (standing: Standing) => Promise<string>,
): Promise<void> {
  for (const [index, standing] of standings.entries()) {
    const came = await attempt(standing);
    const expected = comes[index];
    expectThat(came === expected, `${what} by ${standing} to come to ${expected}`, came);
  }
}

async function executed(
  session: Session,
  cast: Cast,
  standing: Standing,
  tried: CommandInit,
): Promise<CommandOutcome | undefined> {
  if (standing === "anonymous") {
    const called = await session.http.outcome(ConversationService.method.execute, { command: tried });
    return called.ok ? "accepted" : problemName(called.problem?.code);
  }
  const { outcome } = verdictOf((await cast.devices[standing].submit([tried]))[0]);
  if (outcome.case !== "rejected") return outcome.case;
  // An enum maps its numbers to its names.
  return RejectionCode[outcome.value.code] as keyof typeof RejectionCode;
}

function problemName(code: ProblemCode | undefined): "UNAUTHENTICATED" | undefined {
  return code === ProblemCode.UNAUTHENTICATED ? "UNAUTHENTICATED" : undefined;
}

async function asked(
  session: Session,
  cast: Cast,
  standing: Standing,
  question: NonNullable<QuestionInit>,
): Promise<string> {
  if (standing === "anonymous") {
    const device = await session.connectWith(freshId(), {});
    device.send({ case: "request", value: { id: 1, question } });
    await device.expectProblem(ProblemCode.UNAUTHENTICATED);
    return "UNAUTHENTICATED" satisfies QuestionOutcome;
  }
  const answer = await cast.devices[standing].ask(question);
  if (answer.case !== "problem") return "answered" satisfies QuestionOutcome;
  return ProblemCode[answer.value.code] ?? "";
}

async function called(row: (typeof methodRows)[keyof typeof methodRows], attempt: Attempt): Promise<string> {
  const outcome = await row.call(attempt);
  if (outcome.ok) return "done" satisfies MethodOutcome;
  return ProblemCode[outcome.problem?.code ?? 0] ?? "";
}

/** The tables of `src/authority`, each cell tried. */
export const authorityCases: readonly ConformanceCase[] = [
  {
    title: "[AUTHORITY1] every command is accepted from those who may, and refused from those who may not",
    async run(session) {
      const cast = await Cast.of(session);
      // What they save and hide stays with them.
      for (const person of Object.values(cast.people)) session.spend(person);
      // The keys of a record of every case.
      for (const name of Object.keys(commandRows) as CommandBodyCase[]) {
        for (const { what, log = ({ group }: Place) => group, body, comes } of commandRows[name]) {
          const placeOf = await cast.gather();
          await tryAll(`${name} (${what})`, comes, async (standing) => {
            const place = placeOf(standing);
            return String(await executed(session, cast, standing, command(log(place), body(place))));
          });
        }
      }
    },
  },
  {
    title: "[AUTHORITY2] every question is answered to those who may ask it",
    async run(session) {
      const cast = await Cast.of(session);
      const placeOf = await cast.gather();
      for (const [name, { question, comes }] of Object.entries(questionRows)) {
        await tryAll(name, comes, (standing) => asked(session, cast, standing, question(placeOf(standing))));
      }
    },
  },
  {
    title: "[AUTHORITY3] every method can be called by those who may, and by nobody else",
    async run(session) {
      const cast = await Cast.of(session);
      const placeOf = await cast.gather();
      const seat = await session.signIn(cast.people.owner);
      await session.onlineAt(seat);
      for (const [name, row] of Object.entries(methodRows)) {
        await tryAll(name, row.comes, (standing) => {
          const place = placeOf(standing);
          const caller = standing === "anonymous" ? session.http : session.as(place.self);
          const further = async () =>
            standing === "anonymous" ? session.http : session.http.as((await session.signIn(place.self)).token);
          return called(row, { session, caller, place, further, device: seat.device });
        });
      }
    },
  },
];
