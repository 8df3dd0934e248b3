/** An answer of the HTTP interface, in JSON. */
export interface CallAnswer {
  readonly status: number;
  readonly headers: Headers;
  // JSON of any shape: tests compare it.
  readonly body: Record<string, unknown>;
}

/** Calls a method the way `curl` does. */
export async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<CallAnswer> {
  const answer = await fetch(`${url}/parley.v1.${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text.startsWith("{") ? JSON.parse(text) : { text } };
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Signs up a person; their account and token. */
export async function signUp(url: string, userName: string): Promise<{ account: string; token: string }> {
  const { body } = await call(url, "AccountService/SignUp", {
    userName,
    displayName: userName,
    password: "correct horse",
  });
  const { profile, token } = body as { profile: { account: string }; token: string };
  return { account: profile.account, token };
}
