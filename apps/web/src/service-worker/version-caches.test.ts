import { describe, expect, test } from "bun:test";
import { cacheName, needlessVersions, versionOfCache } from "./version-caches.ts";

describe("[OPN4] caches of versions", () => {
  test("are known by their names, others are none of ours", () => {
    expect(versionOfCache(cacheName("b2"))).toBe("b2");
    expect(versionOfCache("somebody-else's")).toBeUndefined();
  });

  const cases: readonly (readonly [string, readonly string[], readonly (string | undefined)[], readonly string[]])[] = [
    ["one's own stays without a page", ["b"], [], []],
    ["an old one goes when no page of it is left", ["a", "b"], ["b"], ["a"]],
    ["an old one stays while one page of it lives", ["a", "b"], ["b", "b", "a"], []],
    ["of several old ones those go that have no page", ["x", "a", "b"], ["a"], ["x"]],
    ["nothing goes while a page is starting, which may be of any version", ["x", "a", "b"], ["b", undefined], []],
  ];
  for (const [title, kept, pages, needless] of cases) {
    test(title, () => expect(needlessVersions(kept, "b", pages)).toEqual([...needless]));
  }
});
