import type { BrowserContext, CDPSession } from "playwright-core";

interface Registered {
  readonly registrationId: string;
  readonly scopeURL: string;
}

/** Lets the browser's events of Background Sync happen when a test wants them, also while no page of the app is open. */
export class BackgroundSync {
  readonly #devtools: CDPSession;
  readonly #registered = new Map<string, Registered>();

  private constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  /** An empty page stays open for it, so that the browser does not end with its last page. */
  static async open(context: BrowserContext): Promise<BackgroundSync> {
    const devtools = await context.newCDPSession(await context.newPage());
    const sync = new BackgroundSync(devtools);
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      for (const each of registrations) sync.#registered.set(each.scopeURL, each);
    });
    await devtools.send("ServiceWorker.enable");
    return sync;
  }

  /** Resolves when the event was given out; what it does goes on. */
  async fire(origin: string, tag: string): Promise<void> {
    const registration = this.#registered.get(`${origin}/`);
    if (registration === undefined) throw new Error(`No service worker is registered for ${origin}.`);
    const { registrationId } = registration;
    await this.#devtools.send("ServiceWorker.dispatchSyncEvent", { origin, registrationId, tag, lastChance: false });
  }
}
