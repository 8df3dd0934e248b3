import type { MethodImpl } from "@connectrpc/connect";
import type { ConversationService } from "@parley/protocol";
import { faultOfQuestion } from "../../../connection/answer-request.ts";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { notFound, requireNoFault } from "../../validate.ts";

export function getChanges(services: Services): MethodImpl<typeof ConversationService.method.getChanges> {
  return async (request, context) => {
    const { account } = await authorise(services, context);
    requireNoFault(faultOfQuestion({ case: "changes", value: request }));
    const answer = await services.reader.changes(account, request);
    if (answer === undefined) throw notFound("No such conversation, or not visible to you.");
    return answer.$typeName === "parley.v1.Changes"
      ? { answer: { case: "changes", value: answer } }
      : { answer: { case: "reset", value: answer } };
  };
}
