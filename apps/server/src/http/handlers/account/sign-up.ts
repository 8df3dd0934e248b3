import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { setCookies } from "../../authorise.ts";
import { callerOf } from "../../caller.ts";
import type { Services } from "../../services.ts";

export function signUp(services: Services): MethodImpl<typeof AccountService.method.signUp> {
  return async ({ userName, displayName, password }, context) => {
    const { address, ownPage } = callerOf(context);
    const { profile, token, cookies } = await services.accounts.signUp(userName, displayName, password, address);
    setCookies(context, cookies);
    return { profile, token: ownPage ? "" : token };
  };
}
