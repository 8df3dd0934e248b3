import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DrivenPage, HEIGHT, inPage, NOTCH_EVERY_MS, WIDTH } from "./driven-page.ts";
import { firstMatch, Program } from "./program.ts";

/** What one notch of a wheel scrolls. */
const NOTCH_PX = 114;
/** The keys of WebDriver, by name. */
const KEYS = { End: "\uE010", Home: "\uE011", PageUp: "\uE00E", PageDown: "\uE00F" } as const;

interface Reply {
  readonly id?: number;
  readonly type: string;
  readonly result?: unknown;
  readonly message?: string;
}

/** Debian's Firefox by the protocol of its own, WebDriver BiDi. */
export class FirefoxPage implements DrivenPage {
  readonly browser = "Firefox";
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #end: () => Promise<void>;
  #sent = 0;
  #context = "";

  private constructor(socket: WebSocket, end: () => Promise<void>) {
    this.#socket = socket;
    this.#end = end;
    socket.onmessage = ({ data }) => {
      const reply: Reply = JSON.parse(String(data));
      if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply);
    };
  }

  static async start(): Promise<FirefoxPage> {
    const profile = mkdtempSync(join(tmpdir(), "parley-firefox-"));
    const program = new Program("firefox-esr", [
      "--headless",
      "--no-remote",
      "--profile",
      profile,
      "--remote-debugging-port",
      "0",
    ]);
    const address = await firstMatch(program.errors, /WebDriver BiDi listening on (ws:\S+)/);
    const socket = new WebSocket(`${address}/session`);
    await new Promise((opened, failed) => {
      socket.onopen = opened;
      socket.onerror = failed;
    });
    const page = new FirefoxPage(socket, async () => {
      await program.end();
      rmSync(profile, { recursive: true, force: true });
    });
    await page.#send("session.new", { capabilities: {} });
    const { contexts } = (await page.#send("browsingContext.getTree", {})) as { contexts: { context: string }[] };
    page.#context = contexts[0]?.context ?? "";
    await page.resize(WIDTH, HEIGHT);
    return page;
  }

  async open(url: string): Promise<void> {
    await this.#send("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
  }

  async evaluate<Result, Argument>(work: (argument: Argument) => Result | Promise<Result>, argument: Argument) {
    const target = { context: this.#context };
    const expression = inPage(work, argument);
    const evaluated = await this.#send("script.evaluate", { expression, target, awaitPromise: true });
    const { result, exceptionDetails } = evaluated as { result?: { value: string }; exceptionDetails?: unknown };
    if (result === undefined) throw new Error(`Firefox: ${JSON.stringify(exceptionDetails)}`);
    // It was made of what `work` returns.
    return JSON.parse(result.value) as Result;
  }

  async wheel(notches: number): Promise<void> {
    const scroll = { type: "scroll", x: WIDTH / 2, y: HEIGHT / 2, deltaX: 0, deltaY: Math.sign(notches) * NOTCH_PX };
    const pause = { type: "pause", duration: NOTCH_EVERY_MS };
    const actions = Array.from({ length: Math.abs(notches) }, () => [scroll, pause]).flat();
    await this.#perform({ type: "wheel", id: "wheel", actions });
  }

  async press(key: keyof typeof KEYS): Promise<void> {
    const value = KEYS[key];
    const actions = [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ];
    await this.#perform({ type: "key", id: "keyboard", actions });
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#send("browsingContext.setViewport", { context: this.#context, viewport: { width, height } });
  }

  async close(): Promise<void> {
    await this.#send("browser.close", {});
    this.#socket.close();
    await this.#end();
  }

  async #perform(source: unknown): Promise<void> {
    await this.#send("input.performActions", { context: this.#context, actions: [source] });
  }

  async #send(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#sent;
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    this.#waiting.delete(id);
    if (reply.type !== "success") throw new Error(`Firefox: ${method}: ${reply.message}`);
    return reply.result;
  }
}
