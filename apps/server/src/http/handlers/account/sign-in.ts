import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { setCookies } from "../../authorise.ts";
import { callerOf } from "../../caller.ts";
import type { Services } from "../../services.ts";

export function signIn(services: Services): MethodImpl<typeof AccountService.method.signIn> {
  return async ({ userName, password }, context) => {
    const { address, ownPage } = callerOf(context);
    const { profile, token, cookies } = await services.accounts.signIn(userName, password, address);
    setCookies(context, cookies);
    return { profile, token: ownPage ? "" : token };
  };
}
