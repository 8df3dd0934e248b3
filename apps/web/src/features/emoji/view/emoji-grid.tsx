import { type KeyboardEvent, memo, type Ref, useMemo, useState } from "react";
import type { ShownEmoji } from "../view-model/emoji-picker-view-model.ts";
import styles from "./emoji-picker.module.css";
import { isTyping } from "./is-typing.ts";
import { nextCell } from "./next-cell.ts";

const COLUMNS = 8;

export interface EmojiGridProps {
  readonly emojis: readonly ShownEmoji[];
  readonly label: string;
  /** Stands out: what Enter in the search chooses. */
  readonly marked: ShownEmoji | undefined;
  readonly onChoose: (emoji: string) => void;
  /** The pointer or the focus came to it. */
  readonly onPoint: (emoji: ShownEmoji) => void;
  /** The focus goes up from the first row, or something is typed. */
  readonly onLeave: () => void;
  readonly ref: Ref<HTMLDivElement>;
}

/** Rows of emojis. Arrows go from one to another; Tab comes to one of them. */
export function EmojiGrid({ emojis, label, marked, onChoose, onPoint, onLeave, ref }: EmojiGridProps) {
  const [active, setActive] = useState(0);
  const rows = useMemo(() => inRows(emojis), [emojis]);
  const at = (target: EventTarget) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    return cell === null ? undefined : Number(cell.dataset["index"]);
  };
  const point = (target: EventTarget) => {
    const emoji = emojis[at(target) ?? -1];
    if (emoji !== undefined) onPoint(emoji);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table is for reading; this is for choosing
    <div
      ref={ref}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      className={styles["grid"]}
      onClick={({ target }) => {
        const emoji = emojis[at(target) ?? -1];
        if (emoji !== undefined) onChoose(emoji.text);
      }}
      onPointerOver={({ target }) => point(target)}
      onFocus={({ target }) => {
        setActive(at(target) ?? 0);
        point(target);
      }}
      onKeyDown={(event) => gridKey(event, emojis.length, onLeave)}
    >
      {rows.map((row, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          key={index}
          emojis={row}
          from={index * COLUMNS}
          active={active - index * COLUMNS}
          marked={marked === undefined ? undefined : row.indexOf(marked)}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly emojis: readonly ShownEmoji[];
  readonly from: number;
  /** The place of what Tab comes to, if it is in this row; so of `marked`. */
  readonly active: number;
  readonly marked: number | undefined;
}

const Row = memo(
  ({ emojis, from, active, marked }: RowProps) => (
    // biome-ignore lint/a11y/useSemanticElements: a row of a grid that is no table
    <div role="row" className={styles["row"]} tabIndex={-1}>
      {emojis.map(({ text, name }, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is a button, as such grids have them
        <button
          key={text}
          type="button"
          role="gridcell"
          className={styles["emoji"]}
          data-index={from + index}
          data-marked={index === marked || undefined}
          tabIndex={index === active ? 0 : -1}
          aria-label={name}
        >
          {text}
        </button>
      ))}
    </div>
  ),
  (one, other) =>
    one.emojis === other.emojis && placeIn(one) === placeIn(other) && (one.marked ?? -1) === (other.marked ?? -1),
);

function placeIn({ active, emojis }: RowProps): number {
  return active >= 0 && active < emojis.length ? active : -1;
}

function gridKey(event: KeyboardEvent<HTMLElement>, count: number, leave: () => void): void {
  const grid = event.currentTarget;
  const cell = event.target instanceof HTMLElement ? Number(event.target.dataset["index"] ?? 0) : 0;
  const rightToLeft = getComputedStyle(grid).direction === "rtl";
  const next = nextCell(event.key, cell, count, COLUMNS, rightToLeft);
  if (next === "above") {
    event.preventDefault();
    leave();
  } else if (next !== undefined) {
    event.preventDefault();
    grid.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  } else if (isTyping(event)) {
    // The key itself then goes to where the focus went.
    leave();
  }
}

function inRows(emojis: readonly ShownEmoji[]): readonly (readonly ShownEmoji[])[] {
  return Array.from({ length: Math.ceil(emojis.length / COLUMNS) }, (_, row) =>
    emojis.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
}
