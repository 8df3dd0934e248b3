import { create, toBinary } from "@bufbuild/protobuf";
import type { MethodImpl } from "@connectrpc/connect";
import { CommandSchema, type ConversationService, OrderSchema } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { invalid, requireUuid } from "../../validate.ts";

/** What the command itself breaks is answered with its verdict. */
export function execute(services: Services): MethodImpl<typeof ConversationService.method.execute> {
  return async ({ command }, context) => {
    const { account } = await authorise(services, context);
    if (command === undefined) throw invalid("A command is needed.");
    requireUuid("command.id", command.id);
    requireUuid("command.log", command.log);
    const order = create(OrderSchema, { link: { case: "none", value: {} } });
    const bytes = toBinary(CommandSchema, command);
    const [answer] = await services.submitter.submit([{ account, device: undefined, order, command: bytes }]);
    return answer ?? {};
  };
}
