import { create } from "@bufbuild/protobuf";
import { ProfileSchema } from "@parley/protocol";
import type { Followers } from "../followers/followers.ts";
import type { Transactor } from "../log/log-store.ts";
import type { DeviceRegistration, FollowerOutcome, LogWriter, MarkRequest, Submitted } from "../log/log-writer.ts";
import type { WallClock } from "../log/wall-clock.ts";
import { closeDevice, registerDevice } from "./devices.ts";
import type { Executor } from "./executor.ts";
import { type MarkClamp, putMarks } from "./marks.ts";

export interface LogWriterParts {
  readonly transactor: Transactor;
  readonly executor: Executor;
  readonly followers: Followers;
  readonly clock: WallClock;
  readonly clampMarks: MarkClamp;
}

/** The writer of logs on a store. */
export class StoreLogWriter implements LogWriter {
  readonly #parts: LogWriterParts;

  constructor(parts: LogWriterParts) {
    this.#parts = parts;
  }

  execute(batch: readonly Submitted[]) {
    return this.#parts.executor.execute(batch);
  }

  mark(account: string, update: MarkRequest) {
    const { transactor, clampMarks } = this.#parts;
    return transactor.write((transaction) => putMarks(transaction, account, update, clampMarks));
  }

  registerDevice(device: DeviceRegistration) {
    const { transactor, clock } = this.#parts;
    return transactor.write((transaction) => registerDevice(transaction, device, clock.now()));
  }

  closeDevice(account: string, device: string) {
    const { transactor, clock } = this.#parts;
    return transactor.write((transaction) => closeDevice(transaction, account, device, clock.now()));
  }

  putProfile(account: string, userName: string, displayName: string) {
    return this.#parts.transactor.write(async (transaction) => {
      const rev = ((await transaction.profile(account))?.rev ?? 0) + 1;
      await transaction.putProfile(create(ProfileSchema, { account, userName, displayName, rev }));
      return rev;
    });
  }

  follow(): Promise<FollowerOutcome> {
    return this.#parts.followers.follow();
  }

  close() {
    return this.#parts.transactor.close();
  }
}
