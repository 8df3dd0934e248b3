import type { DeviceKind } from "../device/device.ts";
import type { Stage } from "./stage.ts";

/** One thing that went wrong somewhere, or would have, made to happen at the worst moment. */
export interface Case {
  /** The rules that it is about. */
  readonly rules: readonly string[];
  /** How many devices each person has. */
  readonly devices: readonly number[];
  /** What some of them run, by name; the others have an app of their own. */
  readonly kinds?: Readonly<Record<string, DeviceKind>>;
  /** What strangers begin waits to be accepted. */
  readonly messageRequests?: boolean;
  /** Devices that do not start by themselves. */
  readonly late?: readonly string[];
  /** Throws where something is not as it should be. Afterwards everything comes to rest and is inspected. */
  play(stage: Stage): Promise<void>;
  /** What must be true at rest, beside everything that always must. */
  atRest?(stage: Stage): void;
}

export function expectThat(what: string, isSo: boolean): void {
  if (!isSo) throw new Error(`expected that ${what}`);
}
