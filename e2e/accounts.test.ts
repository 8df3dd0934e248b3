import { afterAll, beforeAll, expect, test } from "bun:test";
import { AccountError, createAccountClient } from "@parley/accounts-client";
import { whoAmI } from "@parley/accounts-client/who-am-i";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
});

afterAll(async () => {
  await server.stop();
});

/** A client that keeps its token, as a program does. */
function newClient(address = server.url) {
  let token: string | undefined;
  const options = { address, token: () => token };
  const client = createAccountClient(options);
  return {
    client,
    whoAmI: () => whoAmI(options),
    async enter(call: ReturnType<typeof client.signIn>): Promise<void> {
      token = (await call).token;
    },
  };
}

async function kindOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((thrown: unknown) => thrown);
  return error instanceof AccountError ? error.kind : `no error: ${String(error)}`;
}

test("an account's life: sign up, who am I, a new name, people, sign out and in again", async () => {
  const { client, enter, whoAmI } = newClient();
  expect(await whoAmI()).toBeUndefined();
  await enter(client.signUp({ userName: "ana", displayName: "Ana", password: "correct horse" }));
  expect(await whoAmI()).toMatchObject({ userName: "ana", displayName: "Ana" });
  expect((await client.setDisplayName("Ana Fen")).displayName).toBe("Ana Fen");
  const ben = newClient();
  await ben.enter(ben.client.signUp({ userName: "ben", displayName: "", password: "battery staple" }));
  expect((await ben.client.findPeople("ana")).map(({ displayName }) => displayName)).toEqual(["Ana Fen"]);
  expect(await ben.client.findPeople("nobody at all")).toEqual([]);
  await client.signOut();
  expect(await whoAmI()).toBeUndefined();
  await enter(client.signIn({ userName: "ana", password: "correct horse" }));
  expect((await whoAmI())?.displayName).toBe("Ana Fen");
});

test("what is refused has a kind", async () => {
  const { client, enter } = newClient();
  await enter(client.signUp({ userName: "cleo", displayName: "Cleo", password: "correct horse" }));
  const stranger = newClient().client;
  expect(await kindOf(stranger.signUp({ userName: "CLEO", displayName: "", password: "correct horse" }))).toBe(
    "name-taken",
  );
  expect(await kindOf(stranger.signUp({ userName: "x", displayName: "", password: "correct horse" }))).toBe("invalid");
  expect(await kindOf(stranger.signUp({ userName: "dora", displayName: "", password: "short" }))).toBe("invalid");
  expect(await kindOf(stranger.signIn({ userName: "cleo", password: "wrong password" }))).toBe("wrong-credentials");
  expect(await kindOf(stranger.listDevices())).toBe("unauthenticated");
  expect(await kindOf(client.revokeDevice("01a1ffc9-a9f6-76f6-9ef7-cca7ea808c43"))).toBe("not-found");
  expect(await kindOf(newClient("http://127.0.0.1:1").whoAmI())).toBe("unreachable");
});

test("guessing a password ends with a time to wait for", async () => {
  const { client } = newClient();
  await client.signUp({ userName: "edda", displayName: "Edda", password: "correct horse" });
  let last: unknown;
  for (let attempt = 0; attempt < 30; attempt++) {
    last = await client
      .signIn({ userName: "edda", password: `guess ${attempt} of many` })
      .catch((thrown: unknown) => thrown);
    if (last instanceof AccountError && last.kind === "rate-limited") break;
  }
  expect(last).toMatchObject({ kind: "rate-limited" });
  expect(last instanceof AccountError ? last.retryAfterMs : 0).toBeGreaterThan(0);
});
