import type { MethodImpl } from "@connectrpc/connect";
import type { ConversationService } from "@parley/protocol";
import { faultOfQuestion } from "../../../connection/answer-request.ts";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { notFound, requireNoFault } from "../../validate.ts";

export function getPicture(services: Services): MethodImpl<typeof ConversationService.method.getPicture> {
  return async (request, context) => {
    const { account } = await authorise(services, context);
    requireNoFault(faultOfQuestion({ case: "picture", value: request }));
    const picture = await services.reader.picture(account, request);
    if (picture === undefined) throw notFound("No such picture, or not visible to you.");
    return picture;
  };
}
