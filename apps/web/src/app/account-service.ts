import type { Observable } from "@parley/client";
import type { Accounts, SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import type { FindPeople } from "../features/people/view-model/person.ts";
import type { ReportDesk } from "../features/reports/view-model/open-report.ts";
import type { AccountSettings } from "../features/settings/view-model/devices.ts";

/** Everything that the app asks of the server besides the engine. */
export interface AccountService extends Accounts, AccountSettings, ReportDesk {
  /** Who this browser is signed in as. */
  current(): Promise<CurrentAccount>;
  /**
   * Ends the session: `forget` removes what this device keeps, then the server is told, now or as soon as it can be reached. Rejects if `forget` does;
   * the session stays then.
   */
  signOut(account: string, forget: () => Promise<void>): Promise<void>;
  /** Whether somebody signed out here and the server could not be told yet. */
  readonly unended: Observable<boolean>;
  readonly findPeople: FindPeople;
}

export type CurrentAccount =
  | { readonly kind: "signed-in"; readonly account: SignedInAccount }
  | { readonly kind: "signed-out" }
  | { readonly kind: "unreachable" };
