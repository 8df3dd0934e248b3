/** What is waited for of a transaction. */
interface Ending {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

/**
 * Resolves to what `work` does once the transaction is committed whose requests it makes and awaits; aborts it if that fails. Nobody waits for requests alone: of a transaction
 * that it ends for want of room Chromium leaves some unanswered for ever, but it always tells the end.
 *
 * @throws what ended it, or what `work` threw
 */
export async function committed<T>(transaction: Ending, work: () => Promise<T>): Promise<T> {
  try {
    const [result] = await Promise.all([work(), transaction.done]);
    return result;
  } catch (thrown) {
    abort(transaction);
    throw transaction.error ?? thrown;
  }
}

function abort(transaction: Ending): void {
  try {
    transaction.abort();
  } catch {
    // It had come to its end by itself.
  }
}
