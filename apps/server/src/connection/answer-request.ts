import { create } from "@bufbuild/protobuf";
import {
  isPictureId,
  limits,
  type Problem,
  ProblemCode,
  type Request,
  type Response,
  ResponseSchema,
  uuidVersion,
  VerdictsResponseSchema,
} from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { WallClock } from "../log/wall-clock.ts";
import { problem } from "./problem.ts";

type Question = Request["question"];
type ResponseAnswer = Response["answer"];

export interface QuestionPorts {
  readonly reader: LogReader;
  readonly clock: WallClock;
  /** 0, or after how many milliseconds the viewer may look another link up. */
  readonly lookUpAfterMs: () => number;
}

/** Answers one question of a device. A question that breaks a rule is answered with INVALID; the connection stays. */
export async function answerRequest(ports: QuestionPorts, viewer: string, request: Request): Promise<Response> {
  const fault = faultOfQuestion(request.question);
  const answer = fault === undefined ? await read(ports, viewer, request.question) : asProblem(fault);
  return create(ResponseSchema, { id: request.id, answer });
}

/** What is wrong with a question, field by field. */
export function faultOfQuestion(question: Question): Problem | undefined {
  switch (question.case) {
    case "page": {
      const { conversation, cursor, limit } = question.value;
      if (uuidVersion(conversation) === undefined) return invalid("conversation must be a UUID.");
      if (cursor.case === undefined) return invalid("One of before, after, around and newest is needed.");
      if (limit < 1 || limit > limits.pageEntries)
        return invalid(`limit must lie between 1 and ${limits.pageEntries}.`);
      return undefined;
    }
    case "changes": {
      const { conversation, since } = question.value;
      if (uuidVersion(conversation) === undefined) return invalid("conversation must be a UUID.");
      if (since !== undefined && since.conversation !== conversation)
        return invalid("since names another conversation.");
      return undefined;
    }
    case "entries":
      return faultOfIds("conversation", question.value.conversation, question.value.ids);
    case "verdicts":
      return faultOfIds("log", question.value.log, question.value.ids);
    case "versions": {
      const { conversation, message, limit } = question.value;
      if (uuidVersion(conversation) === undefined || uuidVersion(message) === undefined) {
        return invalid("conversation and message must be UUIDs.");
      }
      const fits = limit >= 1 && limit <= limits.versionsPerPage;
      return fits ? undefined : invalid(`limit must lie between 1 and ${limits.versionsPerPage}.`);
    }
    case "mentions": {
      const { conversation, after, limit } = question.value;
      const named = [conversation, after?.conversation ?? ""].every((id) => id === "" || uuidVersion(id) !== undefined);
      if (!named || after?.conversation === "") return invalid("conversation and after.conversation must be UUIDs.");
      const fits = limit >= 1 && limit <= limits.mentionsPerPage;
      return fits ? undefined : invalid(`limit must lie between 1 and ${limits.mentionsPerPage}.`);
    }
    case "picture": {
      const { conversation, picture } = question.value;
      if (uuidVersion(conversation) === undefined) return invalid("conversation must be a UUID.");
      return isPictureId(picture) ? undefined : invalid("picture must be the id of a picture.");
    }
    case "receipts": {
      const { conversation, message } = question.value;
      const named = uuidVersion(conversation) !== undefined && uuidVersion(message) !== undefined;
      return named ? undefined : invalid("conversation and message must be UUIDs.");
    }
    case "invite": {
      const { conversation, secret } = question.value;
      if (uuidVersion(conversation) === undefined) return invalid("conversation must be a UUID.");
      const fits = secret.length === limits.inviteSecretBytes;
      return fits ? undefined : invalid(`secret must have ${limits.inviteSecretBytes} bytes.`);
    }
    default:
      return invalid("A question is needed.");
  }
}

function faultOfIds(field: string, log: string, ids: readonly string[]): Problem | undefined {
  if (uuidVersion(log) === undefined) return invalid(`${field} must be a UUID.`);
  if (ids.length > limits.idsPerRequest) return invalid(`At most ${limits.idsPerRequest} ids can be asked for.`);
  return ids.some((id) => uuidVersion(id) === undefined) ? invalid("ids must be UUIDs.") : undefined;
}

async function read(ports: QuestionPorts, viewer: string, question: Question): Promise<ResponseAnswer> {
  const { reader } = ports;
  switch (question.case) {
    case "page": {
      const value = await reader.page(viewer, question.value);
      return value === undefined ? notFound() : { case: "page", value };
    }
    case "changes": {
      const value = await reader.changes(viewer, question.value);
      if (value === undefined) return notFound();
      return value.$typeName === "parley.v1.Changes" ? { case: "changes", value } : { case: "reset", value };
    }
    case "entries": {
      const value = await reader.entries(viewer, question.value.conversation, question.value.ids);
      return value === undefined ? notFound() : { case: "entries", value };
    }
    case "receipts": {
      const value = await reader.receipts(viewer, question.value);
      return value === undefined ? notFound() : { case: "receipts", value };
    }
    case "versions": {
      const value = await reader.versions(viewer, question.value);
      return value === undefined ? notFound() : { case: "versions", value };
    }
    case "picture": {
      const value = await reader.picture(viewer, question.value);
      return value === undefined ? notFound() : { case: "picture", value };
    }
    case "invite": {
      // So that nobody tries secrets one after the other.
      const waitMs = ports.lookUpAfterMs();
      if (waitMs > 0) return asProblem(problem(ProblemCode.RATE_LIMITED, "Too many links were looked up.", waitMs));
      const value = await reader.invite(viewer, question.value, ports.clock.now());
      return value === undefined ? notFound() : { case: "invite", value };
    }
    case "mentions": {
      const value = await reader.mentions(viewer, question.value);
      return value === undefined ? notFound() : { case: "mentions", value };
    }
    case "verdicts": {
      const answers = await reader.verdicts(viewer, question.value.log, question.value.ids);
      return { case: "verdicts", value: create(VerdictsResponseSchema, { answers: [...answers] }) };
    }
    default:
      return asProblem(invalid("A question is needed."));
  }
}

function notFound(): ResponseAnswer {
  return asProblem(problem(ProblemCode.NOT_FOUND, "No such conversation, or not visible to you."));
}

function asProblem(value: Problem): ResponseAnswer {
  return { case: "problem", value };
}

function invalid(reason: string): Problem {
  return problem(ProblemCode.INVALID, reason);
}
