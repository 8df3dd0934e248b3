import { expect, test } from "bun:test";
import type { AccountClient } from "@parley/accounts-client";
import type { Myself } from "@parley/accounts-client/who-am-i";
import { MapStorage } from "../hosts/test-support/map-storage.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { ServerAccounts } from "./server-accounts.ts";
import { SessionToEnd } from "./session-to-end.ts";

/** A browser whose cookie stands for somebody, and a server that may be away. */
class Browser {
  readonly storage = new MapStorage();
  readonly clock = new ManualClock();
  cookie = "ana";
  away = false;
  ended: string[] = [];

  accounts(): ServerAccounts {
    const client = async () => this.#client();
    return new ServerAccounts(async () => this.#myself(), client, this.clock, new SessionToEnd(this.storage));
  }

  #myself(): Myself | undefined {
    this.#reached();
    return this.cookie === "" ? undefined : { account: this.cookie, userName: this.cookie, displayName: "" };
  }

  #reached(): void {
    if (this.away) throw new TypeError("fetch failed");
  }

  #client(): AccountClient {
    const nothing = async () => Promise.reject(new Error("not asked for here"));
    return {
      async signUp() {
        return nothing();
      },
      signIn: nothing,
      setDisplayName: nothing,
      setPrivacy: nothing,
      listDevices: nothing,
      revokeDevice: nothing,
      findPeople: nothing,
      listReports: nothing,
      closeReport: nothing,
      signOut: async () => {
        this.#reached();
        this.ended.push(this.cookie);
        this.cookie = "";
      },
    };
  }
}

test("[STO6] who signs out without a network is signed out here, also after a reload, and the server is told later", async () => {
  const browser = new Browser();
  browser.away = true;
  const accounts = browser.accounts();
  let forgotten = false;
  await accounts.signOut("ana", async () => {
    forgotten = true;
  });
  expect(forgotten).toBe(true);
  expect(accounts.unended.get()).toBe(true);
  const reloaded = browser.accounts();
  expect(await reloaded.current()).toEqual({ kind: "signed-out" });
  browser.away = false;
  expect(await reloaded.current()).toEqual({ kind: "signed-out" });
  expect(browser.ended).toEqual(["ana"]);
  expect(reloaded.unended.get()).toBe(false);
});

test("[STO6] what another tab has told the server is not said to be still to be told", async () => {
  const browser = new Browser();
  browser.away = true;
  const accounts = browser.accounts();
  await accounts.signOut("ana", async () => undefined);
  browser.away = false;
  await browser.accounts().current();
  expect(accounts.unended.get()).toBe(true);
  // Its last try comes to the same end.
  await accounts.current();
  expect(accounts.unended.get()).toBe(false);
});

test("[STO11] a session that is another account's by now is not ended for who left before", async () => {
  const browser = new Browser();
  browser.away = true;
  const accounts = browser.accounts();
  await accounts.signOut("ana", async () => undefined);
  browser.away = false;
  browser.cookie = "ben";
  expect(await accounts.current()).toMatchObject({ kind: "signed-in", account: { account: "ben" } });
  expect(browser.ended).toEqual([]);
  expect(accounts.unended.get()).toBe(false);
});

test("[STO6] where the device could not be cleared, the session stays", async () => {
  const browser = new Browser();
  const accounts = browser.accounts();
  await expect(accounts.signOut("ana", () => Promise.reject(new Error("it stays")))).rejects.toThrow("it stays");
  expect(await accounts.current()).toMatchObject({ kind: "signed-in" });
  expect(browser.ended).toEqual([]);
});
