import { createContextKey, type HandlerContext } from "@connectrpc/connect";

/** What is known of a caller before it is authorised. */
export interface Caller {
  /** The address that attempts are counted for. */
  readonly address: string;
  /** A page of this server itself: it may use the cookie, and is not given a token that its scripts could read. */
  readonly ownPage: boolean;
}

export const callerKey = createContextKey<Caller>({ address: "", ownPage: false });

export function callerOf(context: HandlerContext): Caller {
  return context.values.get(callerKey);
}

const BEARER = /^bearer /i;

/**
 * The credentials in a request's headers. Without an Origin a cookie does not count: what sends no Origin is not a browser's script, and
 * shows a token. Other schemes of authorization are meant for a proxy in front.
 */
export function credentialsOf(headers: Headers, ownPage: boolean): Headers {
  const credentials = new Headers();
  const authorization = headers.get("authorization");
  const cookie = headers.get("cookie");
  if (authorization !== null && BEARER.test(authorization)) credentials.set("authorization", authorization);
  else if (ownPage && cookie !== null) credentials.set("cookie", cookie);
  return credentials;
}
