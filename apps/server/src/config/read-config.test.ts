import { describe, expect, test } from "bun:test";
import { isAbsolute } from "node:path";
import { ConfigError, readConfig } from "./read-config.ts";

describe("configuration", () => {
  test("has a default for everything", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 8080, host: "127.0.0.1", publicOrigin: undefined, tls: undefined });
    expect(config.edits).toEqual({ withinMs: Number.POSITIVE_INFINITY, versions: 50 });
    expect(isAbsolute(config.dataFolder)).toBe(true);
  });

  test("an empty value counts as not set", () => {
    expect(readConfig({ PORT: "", HOST: " ", PARLEY_ORIGIN: "" })).toEqual(readConfig({}));
  });

  test("takes what is set", () => {
    const config = readConfig({
      PORT: "0",
      HOST: "::",
      PARLEY_DATA: "/srv/parley",
      PARLEY_ORIGIN: "https://chat.example.org/",
      PARLEY_EDIT_MINUTES: "15",
      PARLEY_EDIT_VERSIONS: "0",
      PARLEY_ADMINS: "Ana, ben ,ana",
      PARLEY_SIGN_UPS: "2000",
      PARLEY_MESSAGE_REQUESTS: "On",
    });
    expect(config).toEqual({
      port: 0,
      host: "::",
      dataFolder: "/srv/parley",
      publicOrigin: "https://chat.example.org",
      edits: { withinMs: 900_000, versions: 0 },
      admins: ["ana", "ben"],
      signUpsAtOnce: 2_000,
      messageRequests: true,
      tls: undefined,
    });
  });

  test("a certificate goes with its key", () => {
    const both = { PARLEY_TLS_CERT: "/etc/parley/cert.pem", PARLEY_TLS_KEY: "/etc/parley/key.pem" };
    expect(readConfig(both).tls).toEqual({ certificate: "/etc/parley/cert.pem", key: "/etc/parley/key.pem" });
    for (const [name, value] of Object.entries(both)) {
      expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is set without PARLEY_TLS_`));
    }
  });

  const wrong: readonly (readonly [string, string])[] = [
    ["PORT", "http"],
    ["PARLEY_ADMINS", "ana, Ben Moss"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "80.5"],
    ["HOST", "http://localhost"],
    ["PARLEY_ORIGIN", "chat.example.org"],
    ["PARLEY_ORIGIN", "https://chat.example.org/app"],
    ["PARLEY_ORIGIN", "ftp://chat.example.org"],
    ["PARLEY_EDIT_MINUTES", "an hour"],
    ["PARLEY_EDIT_VERSIONS", "201"],
    ["PARLEY_SIGN_UPS", "0"],
    ["PARLEY_MESSAGE_REQUESTS", "yes"],
  ];
  for (const [name, value] of wrong) {
    test(`${name}=${value} is refused in one sentence that names both`, () => {
      expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
      expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must .*"${value}"\\.$`));
    });
  }
});
