import type { Engine } from "@parley/client";
import type { AvatarImageSource } from "../design/primitives/avatar-images.ts";
import { Disposables } from "../observable/disposables.ts";

/** How many stay of those that nobody draws any more: a list that is scrolled comes back to them. */
const IDLE = 50;

/** What the page lends: addresses of bytes. */
export interface PictureAddresses {
  make(jpeg: Uint8Array): string;
  revoke(url: string): void;
}

interface Shown {
  readonly of: string;
  readonly image: string;
  readonly drawnBy: Set<() => void>;
  asking: boolean;
  url: string | undefined;
}

/** The pictures of groups that are on the screen, or were a moment ago: each is asked for when it is drawn, and once at a time. */
export class GroupPictures implements AvatarImageSource {
  readonly #engine: Pick<Engine, "picture" | "connection">;
  readonly #addresses: PictureAddresses;
  /** Those drawn last come last. */
  readonly #shown = new Map<string, Shown>();
  readonly #disposables = new Disposables();
  #disposed = false;

  constructor(engine: Pick<Engine, "picture" | "connection">, addresses: PictureAddresses) {
    this.#engine = engine;
    this.#addresses = addresses;
    this.#disposables.add(
      engine.connection.subscribe(() => {
        if (engine.connection.get().kind === "online") for (const shown of this.#shown.values()) this.#ask(shown);
      }),
    );
  }

  dispose = (): void => {
    this.#disposed = true;
    this.#disposables.dispose();
    for (const [key, shown] of this.#shown) this.#forget(key, shown);
  };

  draw = (of: string, image: string, changed: () => void): (() => void) => {
    const key = keyOf(of, image);
    const shown = this.#shown.get(key) ?? { of, image, drawnBy: new Set(), asking: false, url: undefined };
    this.#shown.delete(key);
    this.#shown.set(key, shown);
    shown.drawnBy.add(changed);
    this.#ask(shown);
    return () => {
      shown.drawnBy.delete(changed);
      this.#forgetIdle();
    };
  };

  urlOf = (of: string, image: string): string | undefined => this.#shown.get(keyOf(of, image))?.url;

  /** What cannot be had now is asked for again when there is a connection, or somebody draws it anew. */
  #ask(shown: Shown): void {
    if (shown.asking || shown.url !== undefined || shown.drawnBy.size === 0 || this.#disposed) return;
    shown.asking = true;
    this.#engine.picture(shown.of, shown.image).then(
      (bytes) => this.#have(shown, bytes),
      () => {
        shown.asking = false;
      },
    );
  }

  #have(shown: Shown, bytes: Uint8Array): void {
    shown.asking = false;
    // Forgotten meanwhile.
    if (this.#shown.get(keyOf(shown.of, shown.image)) !== shown) return;
    shown.url = this.#addresses.make(bytes);
    for (const changed of shown.drawnBy) changed();
  }

  #forgetIdle(): void {
    const idle = [...this.#shown].filter(([, { drawnBy }]) => drawnBy.size === 0);
    for (const [key, shown] of idle.slice(0, Math.max(0, idle.length - IDLE))) this.#forget(key, shown);
  }

  #forget(key: string, { url }: Shown): void {
    this.#shown.delete(key);
    if (url !== undefined) this.#addresses.revoke(url);
  }
}

function keyOf(of: string, image: string): string {
  return `${of} ${image}`;
}
