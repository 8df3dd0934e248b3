import { ObservedValue } from "../observable/observed-value.ts";

/** What it needs of a window. */
export interface ChoosingWindow {
  readonly localStorage: Pick<Storage, "getItem" | "setItem">;
  addEventListener(type: "storage", listener: (event: Pick<StorageEvent, "key">) => void): void;
}

/** A choice of this browser, the same in all of its tabs at once, and in the next ones. The first of the values stands where none of them was chosen. */
export function storedChoice<Value extends string>(
  window: ChoosingWindow,
  name: string,
  values: readonly [Value, ...Value[]],
): ObservedValue<Value> {
  const key = `parley.${name}`;
  const read = () => {
    const stored = window.localStorage.getItem(key);
    return values.find((value) => value === stored) ?? values[0];
  };
  const choice = new ObservedValue<Value>(read());
  choice.subscribe(() => {
    // What another tab has just written needs no writing.
    if (read() !== choice.get()) window.localStorage.setItem(key, choice.get());
  });
  window.addEventListener("storage", (event) => {
    // Without a key: all was cleared.
    if (event.key === key || event.key === null) choice.set(read());
  });
  return choice;
}
