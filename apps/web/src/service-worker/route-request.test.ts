import { describe, expect, test } from "bun:test";
import { routeRequest } from "./route-request.ts";

const ORIGIN = "https://chat.example.org";
const LISTED = new Set(["/index.html", "/icon.svg", "/assets/index-1a.js"]);

function routeOf(path: string, mode = "no-cors", method = "GET", origin = ORIGIN) {
  return routeRequest({ method, mode, url: origin + path }, ORIGIN, LISTED);
}

describe("the offline shell answers", () => {
  test("a start of the app, whatever its screen and its developer's wishes", () => {
    for (const path of ["/", "/index.html", "/?encoding=json", "/#/c/0190"]) {
      expect(routeOf(path, "navigate")).toEqual({ kind: "page" });
    }
  });

  test("files of this version, and hashed files of any", () => {
    for (const path of ["/icon.svg", "/assets/index-1a.js", "/assets/lazy-of-an-older-version-9z.js"]) {
      expect(routeOf(path)).toEqual({ kind: "file", path });
    }
  });
});

describe("[OPN2] the offline shell leaves alone", () => {
  const calls = [
    "/parley.v1.AccountService/GetSession",
    "/socket",
    "/healthz",
    "/readyz",
    "/poll",
    "/service-worker.js",
  ];
  for (const path of calls) {
    test(`${path}, however it is asked for`, () => {
      for (const mode of ["navigate", "cors", "same-origin", "websocket"]) {
        expect(routeOf(path, mode)).toEqual({ kind: "server" });
      }
    });
  }

  test("everything but reading", () => {
    expect(routeOf("/", "navigate", "POST")).toEqual({ kind: "server" });
    expect(routeOf("/icon.svg", "no-cors", "HEAD")).toEqual({ kind: "server" });
  });

  test("other servers, the page as data, and a file that somebody looks at by itself", () => {
    expect(routeOf("/icon.svg", "no-cors", "GET", "https://elsewhere.example.org")).toEqual({ kind: "server" });
    expect(routeOf("/", "cors")).toEqual({ kind: "server" });
    expect(routeOf("/icon.svg", "navigate")).toEqual({ kind: "server" });
  });
});
