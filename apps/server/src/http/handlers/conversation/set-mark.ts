import type { MethodImpl } from "@connectrpc/connect";
import type { ConversationService } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { notFound, requireUuid } from "../../validate.ts";

export function setMark(services: Services): MethodImpl<typeof ConversationService.method.setMark> {
  return async (update, context) => {
    const { account } = await authorise(services, context);
    requireUuid("conversation", update.conversation);
    const state = await services.hub.mark(account, update, undefined);
    if (state === undefined) throw notFound("No such conversation, or not visible to you.");
    return state;
  };
}
