import type { MethodImpl } from "@connectrpc/connect";
import { type AccountService, ProblemCode } from "@parley/protocol";
import { authorise, setCookies } from "../../authorise.ts";
import { callerOf, credentialsOf } from "../../caller.ts";
import type { Services } from "../../services.ts";

export function signOut(services: Services): MethodImpl<typeof AccountService.method.signOut> {
  return async (_request, context) => {
    const { account, session } = await authorise(services, context);
    const { accounts, connections, reader, writer } = services;
    const device = await reader.deviceOf(session);
    if (device !== undefined) await writer.closeDevice(account, device);
    const credentials = credentialsOf(context.requestHeader, callerOf(context).ownPage);
    setCookies(context, await accounts.signOutCookies(credentials));
    await accounts.endSession(session);
    connections.endSession(session, ProblemCode.UNAUTHENTICATED);
    return {};
  };
}
