import { type DrivenPage, HEIGHT, inPage, NOTCH_EVERY_MS, WIDTH } from "./driven-page.ts";
import { firstMatch, Program, ran } from "./program.ts";

/** Keys of X, by name. */
const KEYS = { End: "End", Home: "Home", PageUp: "Prior", PageDown: "Next" } as const;
/** The buttons of X that a wheel presses. */
const WHEEL = { up: "4", down: "5" } as const;
const START_WITHIN_MS = 30_000;
/** Its threads that paint by the graphics card, of which there is none here, broke now and then in the C library. */
const PAINTING = { WEBKIT_SKIA_ENABLE_CPU_RENDERING: "1" };

/** The smallest browser on Debian's WebKitGTK, on a screen that nobody sees. Wheel and keys come from the X server, as a person's do. */
export class WebKitPage implements DrivenPage {
  readonly browser = "WebKitGTK";
  readonly #driver: string;
  readonly #display: Readonly<Record<string, string>>;
  readonly #end: () => Promise<void>;
  #session = "";

  private constructor(driver: string, display: Readonly<Record<string, string>>, end: () => Promise<void>) {
    this.#driver = driver;
    this.#display = display;
    this.#end = end;
  }

  static async start(): Promise<WebKitPage> {
    const screen = new Program("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    const display = { DISPLAY: `:${await firstMatch(screen.third, /^(\d+)\n/)}` };
    const port = freePort();
    const driver = new Program("WebKitWebDriver", [`--port=${port}`], { ...display, ...PAINTING });
    const page = new WebKitPage(`http://127.0.0.1:${port}`, display, async () => {
      await driver.end();
      await screen.end();
    });
    await page.#begin();
    await page.resize(WIDTH, HEIGHT);
    return page;
  }

  async open(url: string): Promise<void> {
    await this.#call("POST", "/url", { url });
  }

  async evaluate<Result, Argument>(work: (argument: Argument) => Result | Promise<Result>, argument: Argument) {
    const script = `const done = arguments[0]; ${inPage(work, argument)}.then((result) => done({ result }), (error) => done({ error: String(error) }))`;
    const { result, error } = (await this.#call("POST", "/execute/async", { script, args: [] })) as {
      result?: string;
      error?: string;
    };
    if (result === undefined) throw new Error(`WebKitGTK: ${error}`);
    // It was made of what `work` returns.
    return JSON.parse(result) as Result;
  }

  async wheel(notches: number): Promise<void> {
    const button = notches < 0 ? WHEEL.up : WHEEL.down;
    const clicks = ["click", "--repeat", String(Math.abs(notches)), "--delay", String(NOTCH_EVERY_MS), button];
    await this.#person("mousemove", String(WIDTH / 2), String(HEIGHT / 2), ...clicks);
  }

  async press(key: keyof typeof KEYS): Promise<void> {
    await this.#person("key", KEYS[key]);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#call("POST", "/window/rect", { width, height });
  }

  async close(): Promise<void> {
    await this.#call("DELETE", "", undefined);
    await this.#end();
  }

  async #begin(): Promise<void> {
    const alwaysMatch = { "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } };
    const deadline = Date.now() + START_WITHIN_MS;
    for (;;) {
      try {
        const begun = (await this.#call("POST", "", { capabilities: { alwaysMatch } })) as { sessionId: string };
        this.#session = `/${begun.sessionId}`;
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await Bun.sleep(100);
      }
    }
  }

  async #person(...deeds: readonly string[]): Promise<void> {
    await ran("xdotool", deeds, this.#display);
  }

  async #call(method: string, path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.#driver}/session${this.#session}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`WebKitGTK: ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}

/** Where Debian's package puts it. */
function miniBrowser(): string {
  const [found] = new Bun.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser").scanSync({ absolute: true });
  if (found === undefined) throw new Error("WebKitGTK's MiniBrowser is not installed.");
  return found;
}

function freePort(): number {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = server;
  server.stop(true);
  return port;
}
