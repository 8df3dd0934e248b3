import type { Breather } from "../../log/breather.ts";
import type { CatchUpRequest, Run } from "../../log/log-reader.ts";
import type { SnapshotSource } from "../../log/log-store.ts";
import type { Sight } from "../../log/sight.ts";
import { StoreLogReader } from "../../log/store-log-reader.ts";
import type { ThreadHubReads } from "./thread-hub-reads.ts";

/** A reader on this thread, but for what the hub reads. */
export class LogReaderOnThreads extends StoreLogReader {
  readonly #hubReads: ThreadHubReads;

  constructor(source: SnapshotSource, sight: Sight, breathe: Breather, hubReads: ThreadHubReads) {
    super(source, sight, breathe);
    this.#hubReads = hubReads;
  }

  override attendance(account: string) {
    return this.#hubReads.attendance(account);
  }

  override rooms(conversations: readonly string[]) {
    return this.#hubReads.rooms(conversations);
  }

  override authorships(runs: readonly Run[]) {
    return this.#hubReads.authorships(runs);
  }

  override catchUp(viewer: string, request: CatchUpRequest) {
    return this.#hubReads.catchUp(viewer, request);
  }

  override async close(): Promise<void> {
    await this.#hubReads.close();
    await super.close();
  }
}
