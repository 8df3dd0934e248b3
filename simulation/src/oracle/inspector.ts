import type { ConversationView, Engine } from "@parley/client";
import type { Entry } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { Screen } from "../device/screen.ts";
import { checkListAtRest, checkNothingLost, checkTimelineAtRest } from "./check-at-rest.ts";
import { checkForgotten } from "./check-forgotten.ts";
import { heldHidden } from "./check-hidden.ts";
import { checkDeviceOrder } from "./check-order.ts";
import { checkPicturesStored } from "./check-pictures.ts";
import { checkStored } from "./check-store.ts";
import { checkTimeline } from "./check-timeline.ts";
import { HeldMarks, type ToldMarks } from "./held-marks.ts";
import type { TruthKeeper } from "./truth-keeper.ts";
import type { Violation } from "./violation.ts";

function listedBy({ conversations: list }: Engine): readonly ConversationView[] {
  const { conversations, threads = [] } = list.get();
  return [...conversations, ...threads];
}

/** Looks at devices: what they show, what they have stored, and what became of what was typed on them. */
export class Inspector {
  readonly #truth: TruthKeeper;
  readonly #devices: readonly Device[];
  readonly #verified = new WeakMap<Entry, Entry>();
  readonly #marks: HeldMarks;
  readonly #server: { readonly copiedBack: boolean };
  readonly #now: () => number;

  constructor(
    truth: TruthKeeper,
    devices: readonly Device[],
    server: { readonly copiedBack: boolean },
    now: () => number,
  ) {
    this.#now = now;
    this.#server = server;
    this.#truth = truth;
    this.#devices = devices;
    this.#marks = new HeldMarks(truth);
  }

  /** Every screen that was drawn again since the last call. */
  drawnScreens(): Violation[] {
    const violations: Violation[] = [];
    for (const device of this.#devices) {
      for (const screen of device.takeDrawn()) violations.push(...this.#screen(device, screen));
    }
    return violations;
  }

  /** Everything that may be looked at in the middle of things. */
  everything(): Violation[] {
    const violations: Violation[] = [];
    for (const device of this.#devices) {
      const screens = device.shown.flatMap((owner) => owner.screens);
      for (const screen of screens) violations.push(...this.#screen(device, screen));
      violations.push(...this.#stored(device), ...checkPicturesStored(device), ...this.#marks.look(device));
      for (const history of this.#truth.ledger.logs.values()) {
        violations.push(...checkDeviceOrder(device.name, device.typed, history.events));
      }
    }
    return violations;
  }

  /** One device at rest: its list and its outbox. */
  atRest(device: Device): Violation[] {
    const { ledger, marks } = this.#truth;
    const { shown, account, name } = device;
    const hiddenIn = (conversation: string) => this.#uncounted(device, conversation);
    if (shown.length === 0) return [{ rule: "OUT1", detail: `${name} does not run at rest` }];
    const rejected = device.disk.image.state().outbox.filter(({ state }) => state.kind === "rejected");
    const kept = new Set([...device.handedOff, ...rejected.map(({ id }) => id)]);
    return [
      ...shown.flatMap(({ lane, engine }) => checkListAtRest(lane, account, listedBy(engine), ledger, marks, hiddenIn)),
      ...checkNothingLost(name, device.typed, ledger, kept, this.#truth.era),
      ...this.#forgotten(device),
    ];
  }

  /** All devices at rest: what they hold of the marks of others, which the store tells them so. */
  marksAtRest(told: readonly ToldMarks[]): Violation[] {
    return this.#devices.flatMap((device) => this.#marks.atRest(device, told));
  }

  #forgotten({ name, account, disk: { image } }: Device): Violation[] {
    return image.state().conversations.flatMap(({ id, ranges }) => {
      const held = ranges.flatMap(({ from, to }) => image.entries(id, from, to));
      return checkForgotten(name, account, this.#truth.ledger.log(id), held);
    });
  }

  /** One screen at rest. */
  screenAtRest(device: Device, screen: Screen): Violation[] {
    const { ledger } = this.#truth;
    const { name, account } = device;
    const { conversation, view } = screen;
    screen.settled = true;
    const hidden = this.#hidden(device, conversation);
    const atRest = checkTimelineAtRest(name, account, view, ledger.log(conversation), hidden, ledger.blocks);
    return [...this.#screen(device, screen), ...atRest];
  }

  /** What should not count on a device at rest. */
  #uncounted(device: Device, conversation: string): ReadonlySet<string> {
    const { ledger } = this.#truth;
    const hidden = this.#hidden(device, conversation);
    return new Set([...hidden, ...ledger.uncountedBy(device.account, conversation)]);
  }

  /** What a device should hide at rest. Account logs have no tags by which it would notice that a file was copied back. */
  #hidden(device: Device, conversation: string): ReadonlySet<string> {
    const { ledger } = this.#truth;
    const { account } = device;
    const hidden = this.#server.copiedBack
      ? heldHidden(device, conversation, ledger)
      : ledger.hiddenBy(account, conversation);
    return new Set([...hidden, ...ledger.cutOffFrom(account, conversation)]);
  }

  #screen(device: Device, screen: Screen): Violation[] {
    const { account: viewer, name, typed } = device;
    const { ledger, era } = this.#truth;
    // What a tab shows is a moment behind the store, so that nobody can say which history it belongs to.
    if (device.browser !== undefined && era > 0 && !screen.settled) return [];
    if (this.#isDiverged(device, screen.conversation)) return [];
    const history = ledger.log(screen.conversation);
    const { view, memory } = screen;
    const wished = new Set([
      ...ledger.wishedHidden(viewer, screen.conversation),
      ...ledger.cutOffFrom(viewer, screen.conversation),
      ...(this.#server.copiedBack ? heldHidden(device, screen.conversation, ledger) : []),
    ]);
    const wanted = [...typed.all()].flatMap(({ kind, target }) => (kind === "block" && target ? [target] : []));
    const blocked = new Set([...ledger.blocks.everBlockedBy(viewer), ...wanted]);
    const now = this.#now();
    return checkTimeline({ device: name, viewer, view, history, typed, memory, era, wished, blocked, now });
  }

  /** Whether the device still holds a history that the server was set back from. */
  #isDiverged({ disk }: Device, conversation: string): boolean {
    if (this.#truth.era === 0) return false;
    const { meta, conversations } = disk.image.state();
    if (meta?.incarnation !== this.#truth.incarnation) return true;
    const stored = conversations.find(({ id }) => id === conversation);
    const event = this.#truth.ledger.log(conversation).events[(stored?.head.seq ?? 0) - 1];
    return stored !== undefined && stored.head.seq > 0 && event?.tag !== stored.head.tag;
  }

  #stored(device: Device): Violation[] {
    const { image } = device.disk;
    return image
      .state()
      .conversations.filter(({ id }) => !this.#isDiverged(device, id))
      .flatMap((stored) =>
        checkStored(
          {
            device: device.name,
            viewer: device.account,
            history: this.#truth.ledger.log(stored.id),
            verified: this.#verified,
            now: this.#now(),
          },
          stored,
          (from, to) => image.entries(stored.id, from, to),
        ),
      );
  }
}
