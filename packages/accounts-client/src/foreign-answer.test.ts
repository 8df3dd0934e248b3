import { afterEach, expect, test } from "bun:test";
import { createAccountClient } from "./account-client.ts";
import { whoAmI } from "./who-am-i.ts";

let portal: ReturnType<typeof Bun.serve> | undefined;

afterEach(() => portal?.stop(true));

/** Something that answers every call in the server's place. */
function portalThat(answer: () => Response) {
  portal = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer });
  const options = { address: portal.url.origin };
  return { ...createAccountClient(options), whoAmI: () => whoAmI(options) };
}

const html = { "content-type": "text/html; charset=utf-8" };

test.each([
  ["a page", () => new Response("<html>Accept our terms</html>", { headers: html })],
  ["a page without a type", () => new Response("accept our terms")],
  ["a page for those who have not signed in", () => new Response("<html>", { status: 401, headers: html })],
  ["a refusal", () => new Response("<html>", { status: 403, headers: html })],
  ["a demand to sign in to the network", () => new Response("<html>", { status: 511, headers: html })],
  ["a way to elsewhere", () => Response.redirect("/portal", 302)],
  ["a refusal in JSON", () => Response.json({ details: [] }, { status: 401 })],
  ["a broken gateway", () => new Response("<html>", { status: 502, headers: html })],
] as const)("[CON7] %s is no answer of the server: nobody is signed out by it", async (_, answer) => {
  const client = portalThat(answer);
  await expect(client.whoAmI()).rejects.toMatchObject({ kind: "unreachable" });
  await expect(client.signOut()).rejects.toMatchObject({ kind: "unreachable" });
  await expect(client.findPeople("a")).rejects.toMatchObject({ kind: "unreachable" });
});
