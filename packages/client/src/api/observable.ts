/** A value that changes. `get` returns the same object until a listener is told. */
export interface Observable<T> {
  get(): T;
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}
