import {
  type FocusEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { formatRoute } from "../../../app/route.ts";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import { useLongPress } from "../../../design/use-long-press.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { ShortcutName } from "../../../shortcuts/shortcuts.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationItem } from "../view-model/conversation-item.ts";
import { ConversationLine } from "./conversation-line.tsx";
import styles from "./conversation-list.module.css";
import { drawnIndexes } from "./row-window.ts";
import { useRowWindow } from "./use-row-window.ts";

export interface ConversationRowsHandle {
  focusFirst(): void;
  openFirst(): void;
}

/** Keys that do something with the line that has the focus. */
const lineKeys = [
  "pinLine",
  "muteLine",
  "archiveLine",
  "unreadLine",
  "unlistLine",
] as const satisfies readonly ShortcutName[];
export type LineKey = (typeof lineKeys)[number];

export interface ConversationRowsProps {
  readonly items: readonly ConversationItem[];
  readonly selected: string | undefined;
  /** Which list it is: another one begins at its top. */
  readonly of: string;
  readonly texts: Texts;
  readonly onMenu: (item: ConversationItem, anchor: MenuAnchor) => void;
  readonly onKey: (item: ConversationItem, key: LineKey, anchor: MenuAnchor) => void;
  readonly handle: Ref<ConversationRowsHandle>;
}

/**
 * The lines of all conversations, of which only those near the viewport are in the page. One of them is a stop of the Tab key, the one with the
 * focus if any, and stays in the page wherever it is; arrows go on from there.
 */
export function ConversationRows(props: ConversationRowsProps) {
  const { items, selected, of, texts, onMenu, onKey, handle } = props;
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<string>();
  const ids = useMemo(() => items.map((item) => item.id), [items]);
  const { drawn, bring } = useRowWindow({ list, ids, of, selected });
  const stop = stopOf(ids, focused, selected);
  const focusAt = (index: number) => {
    const id = ids[index];
    if (id === undefined) return;
    bring(index);
    flushSync(() => setFocused(id));
    linkOf(list.current, id)?.focus({ preventScroll: true });
  };
  const openMenu = (index: number, anchor: MenuAnchor) => {
    const item = items[index];
    if (item !== undefined) onMenu(item, anchor);
  };
  const press = useLongPress({
    meant: (target) => rowOf(target) ?? undefined,
    open: (row, x, y) => openMenu(ids.indexOf(row.dataset["row"] ?? ""), { top: y, bottom: y, left: x, right: x }),
  });
  const act = (index: number, key: LineKey, anchor: MenuAnchor) => {
    const item = items[index];
    if (item !== undefined) onKey(item, key, anchor);
  };
  useFocusKept(list, ids, focusAt);
  useImperativeHandle(handle, () => ({
    focusFirst: () => focusAt(0),
    openFirst: () => {
      focusAt(0);
      linkOf(list.current, ids[0])?.click();
    },
  }));
  return (
    <ul
      ref={list}
      className={styles["list"]}
      data-rows={ids.length}
      style={{ blockSize: `calc(var(--row) * ${ids.length})` }}
      onKeyDown={(event) => rowKey(event, ids.length, stop, { focusAt, openMenu, act })}
      {...press}
      onFocus={(event) => setFocused(rowOf(event.target)?.dataset["row"])}
      onBlur={(event) => {
        // Not where the whole window lost the focus, which comes back to the same row.
        if (!goesOn(event)) setFocused(undefined);
      }}
    >
      {drawnIndexes(drawn, items.length, stop).map((index) => {
        const item = items[index];
        if (item === undefined) return null;
        return (
          <li
            key={item.id}
            data-row={item.id}
            className={styles["entry"]}
            style={{ insetBlockStart: `calc(var(--row) * ${index})` }}
            aria-setsize={items.length}
            aria-posinset={index + 1}
          >
            <ConversationLine
              item={item}
              href={formatRoute({ conversation: item.id })}
              selected={item.id === selected}
              stop={index === stop}
              texts={texts}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Where the line that had the focus leaves the list, the one in its place gets it. */
function useFocusKept(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  focusAt: (index: number) => void,
): void {
  const last = useRef<{ readonly id: string; readonly index: number }>(undefined);
  useLayoutEffect(() => {
    const id = document.activeElement === null ? undefined : rowOf(document.activeElement)?.dataset["row"];
    const index = id === undefined || !list.current?.contains(document.activeElement) ? -1 : ids.indexOf(id);
    const lost = last.current !== undefined && !ids.includes(last.current.id);
    if (id !== undefined && index >= 0) last.current = { id, index };
    else if (lost && document.activeElement === document.body)
      focusAt(Math.min(last.current?.index ?? 0, ids.length - 1));
    else if (lost) last.current = undefined;
  });
}

/** The row that Tab goes to: the one it came from, else the open conversation, else the first. */
function stopOf(ids: readonly string[], focused: string | undefined, selected: string | undefined): number {
  const at = focused === undefined ? -1 : ids.indexOf(focused);
  if (at >= 0) return at;
  return Math.max(0, selected === undefined ? 0 : ids.indexOf(selected));
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
}

function linkOf(list: HTMLElement | null, id: string | undefined): HTMLElement | undefined {
  const row = id === undefined ? null : list?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a`);
  return row ?? undefined;
}

function goesOn({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): boolean {
  const within = (target: EventTarget | null) => target instanceof Node && currentTarget.contains(target);
  return within(relatedTarget) || within(document.activeElement);
}

interface RowKeys {
  readonly focusAt: (index: number) => void;
  readonly openMenu: (index: number, anchor: MenuAnchor) => void;
  readonly act: (index: number, key: LineKey, anchor: MenuAnchor) => void;
}

function rowKey(event: KeyboardEvent<HTMLElement>, count: number, at: number, keys: RowKeys): void {
  const { focusAt, openMenu, act } = keys;
  const lineKey = lineKeys.find((name) => isPressed(event, name));
  if (lineKey !== undefined && event.target instanceof Element) {
    event.preventDefault();
    act(at, lineKey, event.target.getBoundingClientRect());
    return;
  }
  let next: number;
  if (isPressed(event, "nextLine")) next = at + 1;
  else if (isPressed(event, "previousLine")) next = at - 1;
  else if (isPressed(event, "firstLine")) next = 0;
  else if (isPressed(event, "lastLine")) next = count - 1;
  else if (isPressed(event, "lineActions") && event.target instanceof Element) {
    event.preventDefault();
    openMenu(at, event.target.getBoundingClientRect());
    return;
  } else return;
  event.preventDefault();
  focusAt(next);
}
