import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { authorise, requireAdmin } from "../../authorise.ts";
import type { Services } from "../../services.ts";

const MOST = 20;

export function listReports(services: Services): MethodImpl<typeof AccountService.method.listReports> {
  return async (_request, context) => {
    requireAdmin(services, await authorise(services, context));
    const { reports, people } = await services.reader.openReports(MOST);
    return { reports: [...reports], people: [...people] };
  };
}
