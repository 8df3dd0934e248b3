import type { Browser, CDPSession } from "playwright-core";

/** The SharedWorker that runs the engine, which no page's session reaches. */
export class WorkerTarget {
  readonly #session: CDPSession;
  readonly #sessionId: string;
  #asked = 0;

  private constructor(session: CDPSession, sessionId: string) {
    this.#session = session;
    this.#sessionId = sessionId;
  }

  static async attach(browser: Browser): Promise<WorkerTarget> {
    const session = await browser.newBrowserCDPSession();
    const { targetInfos } = await session.send("Target.getTargets");
    const worker = targetInfos.find(({ type }) => type === "shared_worker");
    if (worker === undefined) throw new Error("No SharedWorker runs.");
    const { sessionId } = await session.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
    return new WorkerTarget(session, sessionId);
  }

  ask(method: string): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#asked;
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
    const hear = ({ message }: { message: string }) => {
      const heard: { id?: number; result?: Record<string, unknown> } = JSON.parse(message);
      if (heard.id !== id) return;
      this.#session.off("Target.receivedMessageFromTarget", hear);
      resolve(heard.result ?? {});
    };
    this.#session.on("Target.receivedMessageFromTarget", hear);
    const message = JSON.stringify({ id, method });
    return this.#session
      .send("Target.sendMessageToTarget", { sessionId: this.#sessionId, message })
      .then(() => promise);
  }

  async detach(): Promise<void> {
    await this.#session.detach();
  }
}
