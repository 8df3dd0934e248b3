import { pictureId } from "@parley/protocol";
import { pictureOfCommand } from "../core/picture-of-command.ts";
import type { Batch } from "./batch.ts";
import { EngineError } from "./engine-error.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

/** Reads pictures of groups: those that this device sets itself from the outbox, those that it holds from the store, the others from the server. */
export class PictureReader {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #wire: Wire;
  readonly #requests: Requests;
  /** What the server was asked for and has not given yet, so that several who draw one picture ask once. */
  readonly #asked = new Map<string, Promise<Uint8Array>>();

  constructor(model: Model, outbox: Outbox, wire: Wire, requests: Requests) {
    this.#model = model;
    this.#outbox = outbox;
    this.#wire = wire;
    this.#requests = requests;
  }

  /** The answer comes as an input of its own, so it is handed out and not waited for. */
  async read(conversation: string, id: string, batch: Batch): Promise<{ readonly bytes: Promise<Uint8Array> }> {
    const own = this.#set(conversation, id);
    if (own !== undefined) {
      this.#keep(conversation, id, own, batch);
      return { bytes: Promise.resolve(own) };
    }
    const stored = await batch.picture(conversation);
    if (stored?.id === id) return { bytes: Promise.resolve(stored.bytes) };
    if (!this.#wire.ready) throw offline();
    const key = `${conversation} ${id}`;
    const asked = this.#asked.get(key) ?? this.#ask(conversation, id, batch).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return { bytes: asked };
  }

  /** The bytes that a command of this device sets, whether the server knows of it or not. */
  #set(conversation: string, id: string): Uint8Array | undefined {
    const found = this.#outbox.inLog(conversation).findLast(({ command: { body } }) => {
      return body.case === "setPicture" && pictureOfCommand(body.value) === id;
    });
    return found?.command.body.case === "setPicture" ? found.command.body.value.picture : undefined;
  }

  #ask(conversation: string, picture: string, batch: Batch): Promise<Uint8Array> {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#requests.ask(
      { case: "picture", value: { conversation, picture } },
      {
        answered: ({ case: kind, value }, later) => {
          if (kind !== "picture" || pictureId(value.picture) !== picture) {
            reject(new EngineError("not-found", "There is no such picture."));
            return;
          }
          this.#keep(conversation, picture, value.picture, later);
          resolve(value.picture);
        },
        lost: () => reject(offline()),
      },
      batch,
    );
    return promise;
  }

  /** Only while the conversation has it as far as the server has said: what is replaced goes, and what waits may be refused. */
  #keep(conversation: string, id: string, bytes: Uint8Array, batch: Batch): void {
    if (this.#model.conversations.get(conversation)?.stored.state?.picture !== id) return;
    batch.putPicture({ conversation, id, bytes });
  }
}

function offline(): EngineError {
  return new EngineError("offline", "The server is needed for this picture, and cannot be reached.");
}
