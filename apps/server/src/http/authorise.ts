import type { HandlerContext } from "@connectrpc/connect";
import { ProblemCode } from "@parley/protocol";
import { Refusal } from "../accounts/refusal.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { callerOf, credentialsOf } from "./caller.ts";
import type { Services } from "./services.ts";
import { notFound } from "./validate.ts";

/** Who calls. The first step of every handler that needs a session; calls were counted before. */
export async function authorise({ accounts }: Services, context: HandlerContext): Promise<SignedIn> {
  const { ownPage } = callerOf(context);
  const signedIn = await accounts.signedIn(credentialsOf(context.requestHeader, ownPage));
  if (signedIn === undefined) throw unauthenticated();
  return signedIn;
}

/** Who is no admin learns nothing of what is there. */
export function requireAdmin({ admins }: Services, { account }: SignedIn): void {
  if (!admins.has(account)) throw notFound("You are no admin of this server.");
}

export function unauthenticated(): Refusal {
  return new Refusal(ProblemCode.UNAUTHENTICATED, "Sign in first: there is no session, or it has ended.");
}

/** Cookies for the answer. */
export function setCookies(context: HandlerContext, cookies: readonly string[]): void {
  for (const cookie of cookies) context.responseHeader.append("set-cookie", cookie);
}
