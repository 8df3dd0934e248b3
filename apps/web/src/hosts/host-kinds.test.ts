import { expect, test } from "bun:test";
import { type Abilities, hostKinds } from "./host-kinds.ts";

const all: Abilities = { sharedWorkers: true, workers: true, channels: true, locks: true };

test.each<[string, Partial<Abilities>, string | undefined, readonly string[]]>([
  ["a browser that has everything", {}, undefined, ["shared-worker", "leader", "tab"]],
  ["an old web view", { sharedWorkers: false }, undefined, ["leader", "tab"]],
  ["no broadcast channels", { sharedWorkers: false, channels: false }, undefined, ["tab"]],
  ["an address that is not secure", { locks: false }, undefined, ["tab-alone"]],
  ["a test that wants a leader", {}, "leader", ["leader", "tab"]],
  ["a test that wants the tab", {}, "tab", ["tab"]],
  ["a test that wants the best", {}, "shared", ["shared-worker", "leader", "tab"]],
  ["a word that means nothing", {}, "anything", ["shared-worker", "leader", "tab"]],
])("[HST1] the engine runs where it serves most tabs: %s", (_name, lacking, asked, kinds) => {
  const found: readonly string[] = hostKinds({ ...all, ...lacking }, asked);
  expect(found).toEqual(kinds);
});
