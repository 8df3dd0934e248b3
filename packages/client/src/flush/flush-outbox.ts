import { StaleOwnerError } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Http } from "../ports/http.ts";
import type { YieldingStore } from "../ports/yielding-store.ts";
import type { FlushEnd } from "./flush-end.ts";
import { Flusher } from "./flusher.ts";

export interface FlushPorts {
  readonly store: YieldingStore;
  readonly http: Http;
  readonly clock: Clock;
  readonly vacancy: Vacancy;
}

/** The place of an account's one engine. Whoever runs an engine takes it, from whomever, before claiming the local store. */
export interface Vacancy {
  /** Takes the place if nobody has it, and does the work there; undefined if somebody has it, or took it meanwhile. */
  fill<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/**
 * Sends what waits in the outbox of a device that runs no engine, over HTTP.
 *
 * It becomes the owner of the local store only if no engine lives, and never takes it from one: an engine that began before the place was found empty
 * had the place, and one that began after the generation was read has made another. One that begins later takes the store, and the next
 * commit here is refused; what was sent by then has the same ids and the same order as what that engine sends.
 */
export async function flushOutbox({ store, http, clock, vacancy }: FlushPorts): Promise<FlushEnd> {
  const known = await store.generation();
  const work = async (): Promise<FlushEnd> => {
    const generation = await store.claimAfter(known);
    if (generation === undefined) return "owned";
    return new Flusher({ store, http, clock, generation }).run();
  };
  try {
    return (await vacancy.fill(work)) ?? "owned";
  } catch (error) {
    if (error instanceof StaleOwnerError) return "owned";
    throw error;
  }
}
