import type { BrowserContext } from "playwright-core";

export const PASSWORD = "correct horse battery";

/** Makes an account and signs this browser in, whose pages hear nothing of it: the cookie is one for all. */
export async function signUpOverHttp(
  { request }: BrowserContext,
  address: string,
  userName: string,
  displayName: string,
): Promise<void> {
  const answer = await request.post(`${address}/parley.v1.AccountService/SignUp`, {
    headers: { Origin: address },
    data: { userName, displayName, password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`${userName} cannot sign up: ${await answer.text()}`);
}
