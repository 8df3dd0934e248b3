import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./cli-error.ts";

/** Who is signed in on this machine, with the token that proves it. */
export interface SavedSession {
  readonly server: string;
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  readonly token: string;
}

/** The session in a file that only its owner may read. */
export class SessionFile {
  readonly path: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, "session.json");
  }

  /** @throws CliError if nobody is signed in, or the file is not one of ours */
  read(): SavedSession {
    if (!existsSync(this.path)) throw new CliError("You are not signed in. Use: parley sign-in USER-NAME");
    const session: unknown = parse(readFileSync(this.path, "utf8"));
    if (!isSession(session)) throw new CliError(`${this.path} cannot be read. Sign in again: parley sign-in USER-NAME`);
    return session;
  }

  write(session: SavedSession): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    // Written beside and moved, so that it is never half there; the mode is set before anything secret is in it.
    const draft = `${this.path}.new`;
    writeFileSync(draft, "", { mode: 0o600 });
    chmodSync(draft, 0o600);
    writeFileSync(draft, `${JSON.stringify(session, undefined, 2)}\n`);
    renameSync(draft, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fields = ["server", "account", "userName", "displayName", "token"] as const satisfies (keyof SavedSession)[];

function isSession(value: unknown): value is SavedSession {
  return (
    typeof value === "object" && value !== null && fields.every((name) => typeof Reflect.get(value, name) === "string")
  );
}
