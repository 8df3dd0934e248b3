import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { setCookies, unauthenticated } from "../../authorise.ts";
import { callerOf, credentialsOf } from "../../caller.ts";
import type { Services } from "../../services.ts";

/**
 * Also renews a session that is in use. That nobody is signed in is no failure for a page of this server, which asks this whenever it is
 * opened: browsers write every failure to their console.
 */
export function getSession(services: Services): MethodImpl<typeof AccountService.method.getSession> {
  return async (_request, context) => {
    const { ownPage } = callerOf(context);
    const credentials = credentialsOf(context.requestHeader, ownPage);
    const { signedIn, cookies } = await services.accounts.renew(credentials);
    setCookies(context, cookies);
    if (signedIn === undefined && ownPage) return {};
    if (signedIn === undefined) throw unauthenticated();
    const readsReports = services.admins.has(signedIn.account);
    return { profile: await services.accounts.profile(signedIn), token: "", readsReports };
  };
}
