import type { MethodImpl } from "@connectrpc/connect";
import { type AccountService, ProblemCode } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { notFound, requireUuid } from "../../validate.ts";

export function revokeDevice(services: Services): MethodImpl<typeof AccountService.method.revokeDevice> {
  return async ({ id }, context) => {
    const { account } = await authorise(services, context);
    requireUuid("id", id);
    const { accounts, connections, writer } = services;
    const session = await writer.closeDevice(account, id);
    if (session === undefined) throw notFound("You have no such device.");
    await accounts.endSession(session);
    connections.endSession(session, ProblemCode.DEVICE_CLOSED);
    return {};
  };
}
