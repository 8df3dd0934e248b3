import type { Engine } from "@parley/client";
import { uuidV7 } from "@parley/protocol";
import type { Device } from "./device.ts";

interface Draft {
  readonly log: string;
  readonly kind: string;
  readonly text?: string;
  readonly target?: string;
}

/** Does on a device what a person does, and writes down what was typed before anything can become of it. */
export class Typist {
  #refusals = 0;

  /** How often an engine did not take something: a message that is gone, a device that died. */
  get refusals(): number {
    return this.#refusals;
  }

  post(device: Device, log: string, text: string): void {
    this.#type(device, { log, kind: "post", text }, (engine, id) =>
      engine.post({ id, conversation: log, text, sentAt: Date.now() }),
    );
  }

  edit(device: Device, log: string, target: string, text: string): void {
    this.#type(device, { log, kind: "edit", text, target }, (engine, id) => engine.edit(id, log, target, text));
  }

  remove(device: Device, log: string, target: string): void {
    this.#type(device, { log, kind: "delete", target }, (engine, id) => engine.deleteMessage(id, log, target));
  }

  react(device: Device, log: string, target: string, emoji: string, set: boolean): void {
    this.#type(device, { log, kind: "react", target }, (engine, id) => engine.react(id, log, target, emoji, set));
  }

  addMembers(device: Device, log: string, accounts: readonly string[]): void {
    this.#type(device, { log, kind: "add" }, (engine, id) => engine.addMembers(id, log, accounts));
  }

  removeMember(device: Device, log: string, account: string): void {
    this.#type(device, { log, kind: "remove" }, (engine, id) => engine.removeMembers(id, log, [account]));
  }

  leave(device: Device, log: string): void {
    this.#type(device, { log, kind: "leave" }, (engine, id) => engine.leave(id, log));
  }

  setTitle(device: Device, log: string, title: string): void {
    this.#type(device, { log, kind: "title" }, (engine, id) => engine.setTitle(id, log, title));
  }

  startDirect(device: Device, account: string): void {
    this.#watch(device.run?.engine.startDirect(newId(), account));
  }

  startGroup(device: Device, accounts: readonly string[], title: string): void {
    this.#watch(device.run?.engine.startGroup(newId(), accounts, title));
  }

  /** Gives up a pending or rejected command, and with it what was to change its message. */
  discard(device: Device, id: string): void {
    const { typed } = device.recorder;
    for (const command of [typed.get(id), ...typed.changesOf(id)]) {
      if (command !== undefined) command.discarded = true;
    }
    this.#watch(device.run?.engine.discard(id));
  }

  #type(device: Device, { log, kind, text, target }: Draft, act: (engine: Engine, id: string) => Promise<void>): void {
    const engine = device.run?.engine;
    if (engine === undefined) return;
    const command = { id: newId(), log, kind, text, target, durable: false, discarded: false };
    device.recorder.typed.add(command);
    const stored = act(engine, command.id).then(() => {
      command.durable = true;
    });
    this.#watch(stored);
  }

  /** An engine may refuse; what it took is written down. */
  #watch(done: Promise<unknown> | undefined): void {
    done?.catch(() => {
      this.#refusals += 1;
    });
  }
}

function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
