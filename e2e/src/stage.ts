import { afterEach } from "bun:test";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser } from "playwright-core";
import { type BrowserOptions, browserForThisFile, forThisFile } from "./for-this-file.ts";
import { type ForcedHost, Person } from "./person.ts";

export interface StageOptions extends BrowserOptions {
  /** Of the server; a fresh one if there is none. */
  readonly folder?: string;
  /** Of the server. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where and how somebody comes. */
export interface Arrival {
  /** The server's own if there is none. */
  readonly address?: string;
  readonly host?: ForcedHost | undefined;
  /** Signs up through the form, as where nobody but the browser can reach the address. */
  readonly form?: boolean;
  /** The stage's if there is none. */
  readonly browser?: Pick<Browser, "newContext"> | undefined;
}

interface Between {
  /** Everything passes again. */
  heal(): void;
  close(): void;
}

/** What the tests of a file share: a browser with a profile for each person, a server, and what stands between them. Closed after the last test. */
export class Stage {
  readonly browser: Browser;
  #server: ServerProcess;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #between: Between[] = [];

  private constructor(browser: Browser, server: ServerProcess, environment: Readonly<Record<string, string>>) {
    this.browser = browser;
    this.#server = server;
    this.#environment = environment;
  }

  /** For the top of a file. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const { folder = temporaryFolder(), environment = {} } = options;
    const [browser, server] = await Promise.all([
      browserForThisFile(options),
      ServerProcess.start(folder, { environment }),
    ]);
    const stage = new Stage(browser, server, environment);
    afterEach(() => stage.#mend());
    return forThisFile(Promise.resolve(stage), (opened) => opened.#close());
  }

  /** The one that is there now. */
  get server(): ServerProcess {
    return this.#server;
  }

  /** A proxy in front of the server, also of one that takes its place. */
  async between<T extends Between>(open: (targetPort: () => number) => Promise<T>): Promise<T> {
    const proxy = await open(() => this.#server.port);
    this.#between.push(proxy);
    return proxy;
  }

  /** On the same folder and port, after the server has ended; `program` is another one that starts a server. */
  async startServerAgain(program?: readonly string[]): Promise<void> {
    const { folder, port } = this.#server;
    const options = { port, environment: this.#environment };
    this.#server = await ServerProcess.start(folder, program === undefined ? options : { ...options, program });
  }

  /** Somebody new, at a browser profile of their own. */
  newcomer(userName: string, displayName: string, arrival: Arrival = {}): Promise<Person> {
    const { browser = this.browser, address = this.#server.url, host, form } = arrival;
    if (form) return Person.signUp(browser, address, userName, displayName);
    return Person.arrive(browser, address, userName, displayName, host);
  }

  /** Two new people who have their direct conversation open; one message, "hello there", is in it. */
  async twoPeople(
    one: string,
    other: string,
    arrivalOfOne?: Arrival,
    arrivalOfOther?: Arrival,
  ): Promise<[Person, Person]> {
    const [first, second] = await Promise.all([
      this.newcomer(`${one}.fen`, `${one} Fen`, arrivalOfOne),
      this.newcomer(`${other}.moss`, `${other} Moss`, arrivalOfOther),
    ]);
    await first.start([`${other} Moss`]);
    await first.say("hello there");
    await second.open(`${one} Fen`);
    await second.articles.filter({ hasText: "hello there" }).waitFor();
    return [first, second];
  }

  /** What a test cut or ended, and came no further, would pull down the next one, too. */
  async #mend(): Promise<void> {
    for (const proxy of this.#between) proxy.heal();
    if (this.#server.hasEnded) await this.startServerAgain();
  }

  async #close(): Promise<void> {
    for (const proxy of this.#between) proxy.close();
    await this.#server.stop();
  }
}
