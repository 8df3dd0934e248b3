import type { ServiceImpl } from "@connectrpc/connect";
import type { ConversationService } from "@parley/protocol";
import type { Services } from "../services.ts";
import { execute } from "./conversation/execute.ts";
import { getChanges } from "./conversation/get-changes.ts";
import { getPage } from "./conversation/get-page.ts";
import { getPicture } from "./conversation/get-picture.ts";
import { listConversations } from "./conversation/list-conversations.ts";
import { setMark } from "./conversation/set-mark.ts";
import { submitCommands } from "./conversation/submit-commands.ts";

export function conversationService(services: Services): ServiceImpl<typeof ConversationService> {
  return {
    listConversations: listConversations(services),
    getPage: getPage(services),
    getChanges: getChanges(services),
    getPicture: getPicture(services),
    execute: execute(services),
    submitCommands: submitCommands(services),
    setMark: setMark(services),
  };
}
