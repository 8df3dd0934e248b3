import type { ConversationView } from "@parley/client";
import type { Device } from "../device/device.ts";
import type { Owner } from "../device/owner.ts";
import type { Workload, WorkloadParts } from "./workload.ts";

type Parts = Pick<WorkloadParts, "random" | "typist" | "coverage" | "people" | "devices" | "markOverHttp">;

/** People who do not know each other, where what strangers begin waits to be accepted. With chances of their own: other seeds stay what they are. */
export class Strangers {
  readonly #parts: Parts;
  readonly #workload: Workload;

  constructor(parts: Parts, workload: Workload) {
    this.#parts = parts;
    this.#workload = workload;
  }

  /** The first conversations: everybody begins one with some of the others, while nobody shares a group. */
  begin(): void {
    const { people, devices, random, typist } = this.#parts;
    for (const { account } of people) {
      const device = devices.find((candidate) => candidate.account === account);
      for (const other of people) {
        if (device?.owner !== undefined && other.account !== account && random.chance(0.4))
          typist.startDirect(device, other.account);
      }
    }
  }

  /** Some of those who were asked say yes, before anybody begins a group. */
  welcome(): void {
    const { devices, random, typist, coverage } = this.#parts;
    for (const device of devices) {
      for (const { id, request } of device.owner?.engine.conversations.get().conversations ?? []) {
        if (request !== "open" || !random.chance(0.4)) continue;
        coverage.add("request accepted");
        typist.prefer(device, id, { kind: "answer-request", accept: true });
      }
    }
  }

  /** Somebody begins a request, goes on with one, or does something about one. */
  act(): void {
    const { random, devices } = this.#parts;
    const device = random.pick(devices.filter(({ owner }) => owner !== undefined));
    const owner = device?.owner;
    if (device === undefined || owner === undefined) return;
    const { conversations } = owner.engine.conversations.get();
    const conversation = random.pick(conversations.filter(({ request }) => request !== undefined));
    if (conversation === undefined) this.#begin(device);
    else if (conversation.request === "sent") this.#insist(device, owner, conversation);
    else this.#answer(device, owner, conversation);
  }

  #begin(device: Device): void {
    const { random, people, typist } = this.#parts;
    const other = random.pick(people.filter(({ account }) => account !== device.account));
    if (other !== undefined) typist.startDirect(device, other.account);
  }

  /** One message is accepted; all else that would be an entry is not. */
  #insist(device: Device, owner: Owner, { id }: ConversationView): void {
    const { random, typist, coverage } = this.#parts;
    coverage.add("request gone on with");
    const act = random.weighted([
      [6, () => void typist.post(device, id, this.#workload.text())],
      [1, () => typist.setTimer(device, id, random.integer(1, 4) * 60)],
      [2, () => owner.engine.typing(id, true)],
      [2, () => this.#look(owner, id)],
      [1, () => this.#begin(device)],
    ]);
    act?.();
  }

  #answer(device: Device, owner: Owner, { id, people: [other] }: ConversationView): void {
    const { random, typist, coverage, markOverHttp } = this.#parts;
    const say = (how: string) => coverage.add(`request ${how}`);
    const act = random.weighted([
      [
        1.5,
        () => {
          say("accepted");
          typist.prefer(device, id, { kind: "answer-request", accept: true });
        },
      ],
      [
        3,
        () => {
          say("declined");
          typist.prefer(device, id, { kind: "answer-request", accept: false });
        },
      ],
      [
        1.5,
        () => {
          say("answered");
          typist.post(device, id, this.#workload.text());
        },
      ],
      [
        0.7,
        () => {
          say("blocked");
          if (other !== undefined) typist.block(device, other.account, true);
        },
      ],
      [5, () => this.#look(owner, id)],
      [3, () => owner.engine.typing(id, true)],
      [3, () => owner.engine.markRead(id, 2)],
      [2, () => markOverHttp(device.account, id, random.integer(1, 5))],
    ]);
    act?.();
  }

  #look(owner: Owner, conversation: string): void {
    const { random, coverage } = this.#parts;
    if (owner.screens.length >= 3) owner.close(random.pick(owner.screens)?.conversation ?? "");
    coverage.add("request looked at");
    owner.open(conversation);
  }
}
