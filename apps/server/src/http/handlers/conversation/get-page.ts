import type { MethodImpl } from "@connectrpc/connect";
import type { ConversationService } from "@parley/protocol";
import { faultOfQuestion } from "../../../connection/answer-request.ts";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { notFound, requireNoFault } from "../../validate.ts";

export function getPage(services: Services): MethodImpl<typeof ConversationService.method.getPage> {
  return async (request, context) => {
    const { account } = await authorise(services, context);
    requireNoFault(faultOfQuestion({ case: "page", value: request }));
    const page = await services.reader.page(account, request);
    if (page === undefined) throw notFound("No such conversation, or not visible to you.");
    return page;
  };
}
