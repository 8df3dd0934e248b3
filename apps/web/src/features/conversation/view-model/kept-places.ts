/** Where somebody reads who is not at the newest message: the first message in view. */
export interface KeptPlace {
  readonly id: string;
  readonly ordinal: number;
  /** In pixels below the upper edge of the list. */
  readonly top: number;
}

const MOST = 50;

/** Where one was in the conversations that one read last: coming back, one is there again. */
export class KeptPlaces {
  readonly #places = new Map<string, KeptPlace>();

  get(conversation: string): KeptPlace | undefined {
    return this.#places.get(conversation);
  }

  /** @param place undefined at the newest message */
  keep(conversation: string, place: KeptPlace | undefined): void {
    this.#places.delete(conversation);
    if (place === undefined) return;
    this.#places.set(conversation, place);
    for (const oldest of this.#places.keys()) {
      if (this.#places.size <= MOST) break;
      this.#places.delete(oldest);
    }
  }
}
