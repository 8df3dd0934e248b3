import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ProblemCode, Request, RequestSchema } from "@parley/protocol";
import type { Place } from "./cast.ts";
import type { Row } from "./standings.ts";

export type QuestionCase = NonNullable<Request["question"]["case"]>;
export type QuestionInit = MessageInitShape<typeof RequestSchema>["question"];

export type QuestionOutcome = "answered" | keyof typeof ProblemCode;

interface QuestionUse {
  readonly question: (place: Place) => NonNullable<QuestionInit>;
  readonly comes: Row<QuestionOutcome>;
}

const OK = "answered";
const NONE = "UNAUTHENTICATED";
const UNKNOWN = "NOT_FOUND";

/** Who is answered: every question of the schema. What a former member gets ends where they left; that is checked elsewhere. */
export const questionRows: Readonly<Record<QuestionCase, QuestionUse>> = {
  page: {
    question: ({ group }) => ({
      case: "page",
      value: { conversation: group, cursor: { case: "newest", value: {} }, limit: 10 },
    }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  changes: {
    question: ({ group }) => ({ case: "changes", value: { conversation: group } }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  entries: {
    question: ({ group, own }) => ({ case: "entries", value: { conversation: group, ids: [own] } }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  // Of one's own commands alone: what others did is not there.
  verdicts: {
    question: ({ group, own }) => ({ case: "verdicts", value: { log: group, ids: [own] } }),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  versions: {
    question: ({ group, own }) => ({ case: "versions", value: { conversation: group, message: own, limit: 10 } }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  // Of a link whose secret one knows.
  invite: {
    question: ({ group, secret }) => ({ case: "invite", value: { conversation: group, secret } }),
    comes: [NONE, OK, OK, OK, OK, OK],
  },
  // Of the conversations that one is or was in: a stranger to the group asks for those of another.
  mentions: {
    question: ({ group }) => ({ case: "mentions", value: { conversation: group, limit: 10 } }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  // What the group had when a former member left.
  picture: {
    question: ({ group, picture }) => ({ case: "picture", value: { conversation: group, picture } }),
    comes: [NONE, UNKNOWN, OK, OK, OK, OK],
  },
  receipts: {
    question: ({ group, own }) => ({ case: "receipts", value: { conversation: group, message: own } }),
    comes: [NONE, UNKNOWN, UNKNOWN, OK, OK, OK],
  },
};
