import type { SignOuts } from "./sign-outs.ts";

export interface SignOutPorts {
  signOuts(account: string, heard: () => void): SignOuts | undefined;
  deleteStore(account: string): Promise<void>;
}

/**
 * Signs out where no engine runs: whoever runs one elsewhere stops and makes nothing again, and nothing is left when this resolves.
 *
 * @throws StoreError if somebody keeps what is stored
 */
export async function signOutEverywhere(ports: SignOutPorts, account: string): Promise<void> {
  const signOuts = ports.signOuts(account, () => undefined);
  signOuts?.tell();
  try {
    await ports.deleteStore(account);
  } finally {
    signOuts?.close();
  }
}
