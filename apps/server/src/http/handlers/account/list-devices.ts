import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";

export function listDevices(services: Services): MethodImpl<typeof AccountService.method.listDevices> {
  return async (_request, context) => {
    const { account, session } = await authorise(services, context);
    const [devices, own] = await Promise.all([services.reader.devices(account), services.reader.deviceOf(session)]);
    return { devices: devices.map((device) => ({ ...device, current: device.id === own })) };
  };
}
