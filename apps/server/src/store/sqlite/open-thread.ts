import { StoreError } from "../store-error.ts";
import { errorOf } from "./failure.ts";
import type { Opening } from "./thread-messages.ts";

/**
 * Starts a thread of the store. Resolves when it says that it is open, and rejects with what it says has kept it from that.
 *
 * @param order what it is told first
 */
export async function openThread(script: URL, order: object): Promise<Worker> {
  const worker = new Worker(script);
  const opened = new Promise<void>((resolve, fail) => {
    worker.onmessage = ({ data }: MessageEvent<Opening>) => {
      if (data.kind === "opened") resolve();
      else if (data.kind === "failed") fail(errorOf(data.failure));
    };
    worker.onerror = ({ message }) => fail(new StoreError("stopped", `The store's thread ended: ${message}`));
  });
  worker.postMessage(order);
  try {
    await opened;
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return worker;
}
