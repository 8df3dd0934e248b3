import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import { BlockingProxy } from "./src/blocking-proxy.ts";

const MAIN = fileURLToPath(new URL("../apps/cli/src/main.ts", import.meta.url));
const TIMEOUT_MS = 30_000;

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
}, TIMEOUT_MS);

afterAll(async () => {
  await server.stop();
});

test(
  "two people chat by command line: sign up, list, send, tail",
  async () => {
    const [ana, ben] = [new Person("correct horse"), new Person("battery staple")];
    expect(await ana.run("sign-up", "ana", "--name", "Ana")).toStartWith("0 Signed in as Ana (ana)");
    expect(await ben.run("sign-up", "ben", "--name", "Ben B")).toStartWith("0 Signed in");
    expect(await ana.run("list")).toStartWith("0 No conversations yet");
    expect(await ana.run("send", "ben", "Hello", "Ben")).toBe("0 Sent.");
    expect(await ben.run("list")).toContain("Ana (1 unread)  Ana: Hello Ben");

    const tail = ben.start("tail", "ana");
    await tail.printed("Ana: Hello Ben");
    expect(await ana.run("send", "Ben B", "--", "--and again")).toBe("0 Sent.");
    await tail.printed("Ana: --and again");
    expect(await tail.stop()).toBe(0);
  },
  TIMEOUT_MS,
);

test(
  "where WebSockets are blocked the command line polls",
  async () => {
    const proxy = await BlockingProxy.open(() => server.port, "refuse");
    const [dora, emil] = [new Person("correct horse", proxy.url), new Person("battery staple", proxy.url)];
    expect(await dora.run("sign-up", "dora", "--name", "Dora")).toStartWith("0");
    expect(await emil.run("sign-up", "emil", "--name", "Emil")).toStartWith("0");
    expect(await dora.run("send", "emil", "Hello Emil")).toBe("0 Sent.");
    const tail = emil.start("tail", "dora");
    await tail.printed("Dora: Hello Emil");
    expect(await dora.run("send", "emil", "and again")).toBe("0 Sent.");
    await tail.printed("Dora: and again");
    expect(await tail.stop()).toBe(0);
    expect([proxy.upgraded, proxy.blocked >= 3]).toEqual([0, true]);
    proxy.close();
  },
  TIMEOUT_MS,
);

test(
  "what goes wrong is said in one sentence",
  async () => {
    const cleo = new Person("a password of hers");
    expect(await cleo.run("list")).toBe("1 You are not signed in. Use: parley sign-in USER-NAME");
    expect(await cleo.run("sign-up", "cleo")).toStartWith("0");
    expect(await new Person("another").run("sign-in", "cleo")).toBe("1 The user name or the password is wrong.");
    expect(await new Person("a password of mine").run("sign-up", "cleo")).toBe("1 That user name is taken.");
    expect(await cleo.run("send", "nobody-here", "Hi")).toBe(
      '1 There is no conversation and nobody called "nobody-here".',
    );
    expect(await cleo.run("send", "nobody-here")).toBe('1 Use: parley send WHOM "TEXT"');
    expect(await cleo.run("dance")).toStartWith('1 There is no command "dance".');
    expect(await cleo.run("sign-in", "cleo", "--server", "nonsense")).toStartWith('1 "nonsense" is not a server');
    expect(await cleo.run("sign-in", "cleo", "--server", "http://127.0.0.1:1")).toBe("1 The server cannot be reached.");
    expect(await cleo.run("sign-out")).toBe("0 Signed out.");
    expect(await cleo.run("list")).toStartWith("1 You are not signed in.");
  },
  TIMEOUT_MS,
);

/** Somebody with a command line and a home of their own. */
class Person {
  readonly #environment: Record<string, string | undefined>;

  constructor(password: string, address = server.url) {
    const home = mkdtempSync(join(tmpdir(), "parley-cli-"));
    this.#environment = {
      ...process.env,
      PARLEY_CLI_HOME: home,
      PARLEY_SERVER: address,
      PARLEY_PASSWORD: password,
    };
  }

  /** The exit code and what was printed. */
  async run(...words: readonly string[]): Promise<string> {
    const program = this.#spawn(words);
    const [printed, problems, code] = await Promise.all([
      new Response(program.stdout).text(),
      new Response(program.stderr).text(),
      program.exited,
    ]);
    return `${code} ${printed}${problems}`.trim();
  }

  start(...words: readonly string[]) {
    const program = this.#spawn(words);
    const reader = program.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let sofar = "";
    return {
      /** Resolves once this text was printed; fails by the test's time limit. */
      async printed(text: string): Promise<void> {
        while (!sofar.includes(text)) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`ended before it printed "${text}": ${sofar}`);
          sofar += value;
        }
      },
      stop(): Promise<number> {
        program.kill("SIGINT");
        return program.exited;
      },
    };
  }

  #spawn(words: readonly string[]) {
    return Bun.spawn([process.execPath, MAIN, ...words], { env: this.#environment, stdout: "pipe", stderr: "pipe" });
  }
}
