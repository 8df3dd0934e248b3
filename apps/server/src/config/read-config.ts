import { resolve } from "node:path";
import { isUserName } from "../accounts/account-names.ts";
import type { EditPolicy } from "../executor/edit-policy.ts";
import { type Variable, variables } from "./variables.ts";

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataFolder: string;
  /** Undefined where nothing stands between this server and its browsers. */
  readonly publicOrigin: string | undefined;
  readonly edits: EditPolicy;
  /** User names. */
  readonly admins: readonly string[];
  /** How many people may sign up from one address at once. */
  readonly signUpsAtOnce: number;
  /** Whether what strangers begin waits to be accepted. */
  readonly messageRequests: boolean;
  /** Undefined where this server speaks plain http. */
  readonly tls: TlsFiles | undefined;
}

/** Where a certificate, with its chain, and its key are, in PEM. Absolute. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/** A variable has a value that cannot be used. The message is one sentence for the person who set it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks all variables. An empty value counts as not set. */
export function readConfig(environment: Environment): Config {
  return {
    port: portIn(environment),
    host: hostIn(environment),
    dataFolder: resolve(valueIn(environment, variables.data)),
    publicOrigin: originIn(environment),
    edits: { withinMs: editTimeIn(environment), versions: versionsIn(environment) },
    admins: adminsIn(environment),
    signUpsAtOnce: signUpsIn(environment),
    messageRequests: messageRequestsIn(environment),
    tls: tlsIn(environment),
  };
}

function valueIn(environment: Environment, { name, fallback }: Variable): string {
  return environment[name]?.trim() || fallback;
}

function portIn(environment: Environment): number {
  const text = valueIn(environment, variables.port);
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`PORT must be a number from 0 to 65535, not "${text}".`);
}

function hostIn(environment: Environment): string {
  const text = valueIn(environment, variables.host);
  if (/^[\w.:%-]+$/.test(text)) return text;
  throw new ConfigError(`HOST must be an address or a name of this machine, such as 0.0.0.0, not "${text}".`);
}

function originIn(environment: Environment): string | undefined {
  const text = valueIn(environment, variables.origin);
  if (text === "") return undefined;
  const url = URL.parse(text);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && (text === url.origin || text === `${url.origin}/`);
  if (isOrigin) return url.origin;
  throw new ConfigError(
    `PARLEY_ORIGIN must be an address without a path, such as https://chat.example.org, not "${text}".`,
  );
}

const MINUTE_MS = 60_000;
const MOST_VERSIONS = 200;

function editTimeIn(environment: Environment): number {
  const text = valueIn(environment, variables.editMinutes);
  if (text === "") return Number.POSITIVE_INFINITY;
  if (/^\d{1,8}$/.test(text)) return Number(text) * MINUTE_MS;
  throw new ConfigError(`${variables.editMinutes.name} must be a number of minutes, not "${text}".`);
}

function versionsIn(environment: Environment): number {
  const text = valueIn(environment, variables.editVersions);
  if (/^\d{1,3}$/.test(text) && Number(text) <= MOST_VERSIONS) return Number(text);
  throw new ConfigError(`${variables.editVersions.name} must be a number from 0 to ${MOST_VERSIONS}, not "${text}".`);
}

function adminsIn(environment: Environment): readonly string[] {
  const text = valueIn(environment, variables.admins);
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  if (text === "") return [];
  if (names.every(isUserName)) return [...new Set(names)];
  throw new ConfigError(`${variables.admins.name} must be user names with commas between them, not "${text}".`);
}

function signUpsIn(environment: Environment): number {
  const text = valueIn(environment, variables.signUps);
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new ConfigError(`${variables.signUps.name} must be a number from 1 to 999999, not "${text}".`);
}

function messageRequestsIn(environment: Environment): boolean {
  const text = valueIn(environment, variables.messageRequests).toLowerCase();
  if (text === "on" || text === "off") return text === "on";
  throw new ConfigError(`${variables.messageRequests.name} must be on or off, not "${text}".`);
}

function tlsIn(environment: Environment): TlsFiles | undefined {
  const certificate = valueIn(environment, variables.tlsCertificate);
  const key = valueIn(environment, variables.tlsKey);
  if (certificate === "" && key === "") return undefined;
  if (certificate !== "" && key !== "") return { certificate: resolve(certificate), key: resolve(key) };
  const { tlsCertificate, tlsKey } = variables;
  const [given, missing] = certificate === "" ? [tlsKey, tlsCertificate] : [tlsCertificate, tlsKey];
  throw new ConfigError(`${given.name} is set without ${missing.name}: https needs both.`);
}
