import type { MethodImpl } from "@connectrpc/connect";
import type { ConversationService } from "@parley/protocol";
import { isCursor } from "../../../log/reads/read-conversations.ts";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { invalid, limitWithin } from "../../validate.ts";

const MOST = 200;
const USUAL = 50;

export function listConversations(services: Services): MethodImpl<typeof ConversationService.method.listConversations> {
  return async ({ limit: asked, cursor }, context) => {
    const { account } = await authorise(services, context);
    if (!isCursor(cursor)) throw invalid("cursor must be the next_cursor of an earlier answer.");
    return services.reader.conversations(account, limitWithin(asked, MOST, USUAL), cursor);
  };
}
