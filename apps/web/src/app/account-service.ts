import type { Accounts, SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import type { FindPeople } from "../features/people/view-model/person.ts";
import type { AccountSettings } from "../features/settings/view-model/devices.ts";

/** Everything that the app asks of the server besides the engine. */
export interface AccountService extends Accounts, AccountSettings {
  /** Who this browser is signed in as. */
  current(): Promise<CurrentAccount>;
  /** Rejects if the server cannot be reached. */
  signOut(): Promise<void>;
  readonly findPeople: FindPeople;
}

export type CurrentAccount =
  | { readonly kind: "signed-in"; readonly account: SignedInAccount }
  | { readonly kind: "signed-out" }
  | { readonly kind: "unreachable" };
