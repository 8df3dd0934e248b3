import { expect, test } from "bun:test";
import { HashRouter } from "./hash-router.ts";

const ID = "018f0000-0000-7000-8000-0000000000c1";

test("whoever goes somewhere is there at once, whenever the window tells of it", () => {
  let tell: () => void = () => undefined;
  const location = { hash: "" };
  const history = {
    replaceState: (_: unknown, __: string, address: string) => {
      location.hash = address;
    },
  };
  const router = new HashRouter({
    location,
    history,
    addEventListener: (_: string, listener: () => void) => {
      tell = listener;
    },
  });
  router.go({ conversation: ID, thread: ID });
  expect(router.route.get()).toEqual({ conversation: ID, thread: ID });
  router.replace({ conversation: ID });
  tell();
  expect(router.route.get()).toEqual({ conversation: ID, thread: undefined });
  location.hash = "#/";
  tell();
  expect(router.route.get().conversation).toBeUndefined();
});
