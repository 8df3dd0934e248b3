import type { AccountClientOptions } from "./account-client-options.ts";
import { AccountError } from "./account-error.ts";
import { CALL_TIMEOUT_MS } from "./call-time.ts";

/** Who is signed in. */
export interface Myself {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  /** Is an admin of the server, who may list reports; absent for others. */
  readonly readsReports?: true;
}

const PROBLEM = "parley.v1.Problem";

/**
 * Who is signed in; undefined if nobody is. Rejects with AccountError if the server cannot be reached or does not say.
 *
 * Every start of the app waits for this, so it is one call in JSON, without the schema and the client of all other calls.
 */
export async function whoAmI({ address, token }: AccountClientOptions): Promise<Myself | undefined> {
  const bearer = token?.();
  try {
    const response = await fetch(`${address}/parley.v1.AccountService/GetSession`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
      },
      body: "{}",
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const answer: Answer = await response.json();
    if (response.ok)
      return answer.profile && { ...myself(answer.profile), ...(answer.readsReports && { readsReports: true }) };
    if (response.status === 401 && answer.details?.[0]?.type === PROBLEM) return undefined;
    throw new Error(`Status ${response.status}`);
  } catch (error) {
    throw new AccountError("unreachable", "The server does not say who is signed in.", 0, error);
  }
}

/** JSON leaves out what is empty. Where another than the server answers, anything may be missing. */
interface Answer {
  readonly profile?: Partial<Myself>;
  readonly readsReports?: boolean;
  readonly details?: readonly { readonly type?: string }[];
}

function myself({ account, userName = "", displayName = "" }: Partial<Myself>): Myself {
  if (!account) throw new Error("A profile without an account");
  return { account, userName, displayName };
}
