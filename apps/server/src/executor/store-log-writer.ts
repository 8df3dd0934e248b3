import { create } from "@bufbuild/protobuf";
import { ProfileSchema } from "@parley/protocol";
import type { Followers } from "../followers/followers.ts";
import type { Transactor } from "../log/log-store.ts";
import type {
  DeviceRegistration,
  DraftRequest,
  FollowerOutcome,
  LogWriter,
  MarkRequest,
  PrivacyChange,
  Submitted,
} from "../log/log-writer.ts";
import type { WallClock } from "../log/wall-clock.ts";
import { isFull } from "../store/store-error.ts";
import { closeDevice, knownDevice, registerDevice } from "./devices.ts";
import { putDraft } from "./drafts.ts";
import type { DueWork } from "./due-work.ts";
import type { Executor } from "./executor.ts";
import { type MarkClamp, putMarks } from "./marks.ts";
import { putPrivacy } from "./privacy.ts";
import { SharedTransactions } from "./shared-transactions.ts";

export interface LogWriterParts {
  readonly transactor: Transactor;
  readonly executor: Executor;
  readonly due: DueWork;
  readonly followers: Followers;
  readonly clock: WallClock;
  readonly clampMarks: MarkClamp;
}

/** The writer of logs on a store. */
export class StoreLogWriter implements LogWriter {
  readonly #parts: LogWriterParts;
  readonly #shared: SharedTransactions;

  constructor(parts: LogWriterParts) {
    this.#parts = parts;
    this.#shared = new SharedTransactions(parts.transactor);
  }

  execute(batch: readonly Submitted[]) {
    return this.#parts.executor.execute(batch);
  }

  mark(account: string, update: MarkRequest) {
    const { clampMarks, clock } = this.#parts;
    return this.#shared.write((transaction) => putMarks(transaction, account, update, clock.now(), clampMarks));
  }

  draft(account: string, request: DraftRequest) {
    const { clock } = this.#parts;
    return this.#shared.write((transaction) => putDraft(transaction, account, request, clock.now()));
  }

  async registerDevice(device: DeviceRegistration) {
    const { clock } = this.#parts;
    try {
      return await this.#shared.write((transaction) => registerDevice(transaction, device, clock.now()));
    } catch (error) {
      if (!isFull(error)) throw error;
      // On a full disk it is enough to know the device: that it was seen now is not worth keeping it out.
      const known = await this.#shared.write((transaction) => knownDevice(transaction, device));
      if (known === undefined) throw error;
      return known;
    }
  }

  closeDevice(account: string, device: string) {
    const { clock } = this.#parts;
    return this.#shared.write((transaction) => closeDevice(transaction, account, device, clock.now()));
  }

  seen(account: string, device: string, at: number) {
    return this.#shared.write((transaction) => transaction.noteSeen(account, device, at));
  }

  putProfile(account: string, userName: string, displayName: string) {
    return this.#shared.write(async (transaction) => {
      const rev = ((await transaction.profile(account))?.rev ?? 0) + 1;
      await transaction.putProfile(create(ProfileSchema, { account, userName, displayName, rev }));
      return rev;
    });
  }

  putPrivacy(account: string, change: PrivacyChange) {
    return this.#shared.write((transaction) => putPrivacy(transaction, account, change));
  }

  closeReport(reporter: string, id: string) {
    const { clock } = this.#parts;
    return this.#shared.write((transaction) => transaction.closeReport(reporter, id, clock.now()));
  }

  follow(): Promise<FollowerOutcome> {
    return this.#parts.followers.follow();
  }

  due() {
    return this.#parts.due.carryOut();
  }

  close() {
    return this.#parts.transactor.close();
  }
}
