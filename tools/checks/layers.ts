/**
 * Dependencies point down:
 *
 *     protocol ← log ← client ← client-store ← web, cli
 *     protocol ← accounts-client ← web, cli
 *     protocol, log ← server
 *     rig (a real server process, people and raw devices for tests) ← conformance, faults, bench, end-to-end tests
 *     what end-to-end tests drive Chromium with, the past that the demo plays ← bench
 *     web's one door, host-parts (how tabs share an engine, without the browser) ← simulation, which plays it on virtual time
 *     simulation, demo and the end-to-end tests stand beside them and may use all that they need; conformance knows the protocol alone
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  "packages/protocol": [],
  "packages/log": ["protocol"],
  "packages/accounts-client": ["protocol"],
  "packages/client": ["protocol", "log"],
  "packages/client-store": ["protocol", "log", "client"],
  "apps/server": ["protocol", "log"],
  "apps/web": ["protocol", "log", "client", "client-store", "accounts-client"],
  "apps/cli": ["protocol", "log", "client", "client-store", "accounts-client"],
  rig: ["protocol", "server"],
  conformance: ["protocol", "rig"],
  simulation: ["protocol", "log", "client", "client-store", "server", "web"],
  demo: ["protocol", "log", "client", "client-store", "accounts-client", "cli", "server", "simulation"],
  faults: ["protocol", "log", "client", "client-store", "accounts-client", "cli", "server", "rig", "simulation"],
  e2e: ["protocol", "log", "client", "client-store", "accounts-client", "server", "cli", "web", "rig"],
  bench: [
    "protocol",
    "log",
    "client",
    "client-store",
    "accounts-client",
    "cli",
    "server",
    "rig",
    "simulation",
    "demo",
    "e2e",
  ],
  tools: [],
};

/** What tests alone may use besides: the engine is tested on a real local store, the server as a real process, and both together. */
const testLayers: Readonly<Record<string, readonly string[]>> = {
  "packages/client": ["client-store"],
  "apps/server": ["rig"],
  "apps/cli": ["rig"],
};

export const folders = Object.keys(layers);

/** The workspace that a path lies in. */
export function workspaceOf(path: string): string | undefined {
  return folders.find((folder) => path.startsWith(`${folder}/`));
}

/** Why a file of a workspace may not import a package of the project; undefined if it may. */
export function forbiddenPackage(workspace: string, specifier: string, inTest = false): string | undefined {
  const name = /^@parley\/([\w-]+)/.exec(specifier)?.[1];
  if (inTest && name !== undefined && testLayers[workspace]?.includes(name)) return undefined;
  if (name === undefined || layers[workspace]?.includes(name)) return undefined;
  return `${workspace} may not depend on ${name}`;
}
