import type { ServiceImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import type { Services } from "../services.ts";
import { closeReport } from "./account/close-report.ts";
import { findPeople } from "./account/find-people.ts";
import { getSession } from "./account/get-session.ts";
import { listDevices } from "./account/list-devices.ts";
import { listReports } from "./account/list-reports.ts";
import { revokeDevice } from "./account/revoke-device.ts";
import { setDisplayName } from "./account/set-display-name.ts";
import { setPrivacy } from "./account/set-privacy.ts";
import { signIn } from "./account/sign-in.ts";
import { signOut } from "./account/sign-out.ts";
import { signUp } from "./account/sign-up.ts";

export function accountService(services: Services): ServiceImpl<typeof AccountService> {
  return {
    signUp: signUp(services),
    signIn: signIn(services),
    signOut: signOut(services),
    getSession: getSession(services),
    setDisplayName: setDisplayName(services),
    setPrivacy: setPrivacy(services),
    listDevices: listDevices(services),
    revokeDevice: revokeDevice(services),
    findPeople: findPeople(services),
    listReports: listReports(services),
    closeReport: closeReport(services),
  };
}
