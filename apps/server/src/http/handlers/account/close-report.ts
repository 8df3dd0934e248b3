import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { authorise, requireAdmin } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { requireUuid } from "../../validate.ts";

export function closeReport(services: Services): MethodImpl<typeof AccountService.method.closeReport> {
  return async ({ reporter, id }, context) => {
    requireAdmin(services, await authorise(services, context));
    requireUuid("reporter", reporter);
    requireUuid("id", id);
    await services.writer.closeReport(reporter, id);
    return {};
  };
}
