import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";

/** Remembers who is signed in on this browser, so that the app opens without asking the server. */
export interface AccountMemory {
  read(): SignedInAccount | undefined;
  write(account: SignedInAccount): void;
  clear(): void;
  /** Calls when another tab wrote or cleared it. */
  onChange(listener: () => void): void;
}
