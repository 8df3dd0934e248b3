import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";

export function setDisplayName(services: Services): MethodImpl<typeof AccountService.method.setDisplayName> {
  return async ({ displayName }, context) => {
    const signedIn = await authorise(services, context);
    const profile = await services.accounts.setDisplayName(signedIn, displayName);
    await services.hub.profileChanged(profile);
    return profile;
  };
}
