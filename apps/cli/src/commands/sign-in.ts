import type { AccountClient } from "@parley/accounts-client";
import type { Session } from "@parley/protocol";
import { CliError } from "../cli-error.ts";
import type { SessionFile } from "../session-file.ts";

/** Signs up or in by `call`, and keeps the session. */
export async function enter(server: string, file: SessionFile, call: Promise<Session>): Promise<string> {
  const { profile, token } = await call;
  if (profile === undefined || token === "") throw new CliError(`${server} is not a Parley server this tool can use.`);
  const { account, userName, displayName } = profile;
  file.write({ server, account, userName, displayName, token });
  return `Signed in as ${displayName} (${userName}) at ${server}.`;
}

export async function leave(accounts: AccountClient, file: SessionFile): Promise<string> {
  await accounts.signOut();
  file.remove();
  return "Signed out.";
}
