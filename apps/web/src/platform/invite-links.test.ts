import { expect, test } from "bun:test";
import { BrowserInviteLinks } from "./invite-links.ts";

/** A tab at an address. */
function tab(path: string, hash: string, kept = new Map<string, string>()) {
  const location = { origin: "https://chat.example", pathname: path, hash };
  const replaceState = (_state: unknown, _title: string, address: string) => {
    location.pathname = address;
    location.hash = "";
  };
  const sessionStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  // What the class uses of a window.
  const window = { location, history: { replaceState }, sessionStorage } as unknown as Window;
  return { location, kept, links: new BrowserInviteLinks(window) };
}

test("what a tab was opened with is taken out of its address, and outlives a reload until it is settled", () => {
  const first = tab("/join", "#abc");
  expect([first.location.pathname, first.location.hash, first.links.opened]).toEqual(["/", "", "abc"]);
  const again = tab("/", "", first.kept);
  expect(again.links.opened).toBe("abc");
  again.links.settle();
  expect(tab("/", "", first.kept).links.opened).toBeUndefined();
});

test("another address is left as it is, and a link without its end opens nothing", () => {
  const conversation = tab("/", "#/c/1");
  expect([conversation.location.hash, conversation.links.opened]).toEqual(["#/c/1", undefined]);
  const cut = tab("/join", "");
  expect([cut.location.pathname, cut.links.opened]).toEqual(["/", undefined]);
});

test("a link is an address of this server, with what it says behind its #", () => {
  expect(tab("/", "").links.linkOf("abc")).toBe("https://chat.example/join#abc");
});
