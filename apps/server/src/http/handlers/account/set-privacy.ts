import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";

export function setPrivacy(services: Services): MethodImpl<typeof AccountService.method.setPrivacy> {
  return async ({ hidesReads, hidesPresence }, context) => {
    const { account } = await authorise(services, context);
    const privacy = await services.writer.putPrivacy(account, { hidesReads, hidesPresence });
    services.hub.privacyChanged(account, privacy);
    return privacy;
  };
}
