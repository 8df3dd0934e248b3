import { type ClipboardEvent, Component, createRef, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import type { LongPressHandlers } from "../../../design/use-long-press.ts";
import type { KeptPlace } from "../view-model/kept-places.ts";
import styles from "./message-window.module.css";
import { RowsInView } from "./rows-in-view.ts";
import { anchorOf, lostPlace, rowAt, takeAnchor, type WindowAnchor } from "./window-anchor.ts";

export interface MessageWindowProps {
  readonly label: string;
  /** Keys of the rows, in order; the same array as long as the rows are the same. */
  readonly items: readonly { readonly key: string }[];
  /** How much room there is above the rows, by whatever name: what one reads stays where it is when this changes. */
  readonly room: string;
  /** One element for each item, each with `data-key`. */
  readonly children: ReactNode;
  readonly atNewest: boolean;
  /** The row to begin at when the window opens or moves; the newest if it is not there. */
  readonly beginAt: string;
  /** Where that row stands then, in pixels below the upper edge; a quarter of the height if it is undefined. */
  readonly beginTop: number | undefined;
  /** Rows behind the one to begin at are not there yet. */
  readonly awaitsRows: boolean;
  /** An end of the rows is near the part in view. Called often. */
  readonly onNearOldest: () => void;
  readonly onNearNewest: () => void;
  /** The greatest ordinal in view. */
  readonly onInView: (ordinal: number) => void;
  /** Where the reader is, if not at the newest row. Called often. */
  readonly onPlace: (place: KeptPlace | undefined) => void;
  /** Whether it stays at the newest row by itself. */
  readonly onStick: (sticks: boolean) => void;
  /** The reader scrolled; the first row in view now. Called often. */
  readonly onReaderScroll: (first: HTMLElement) => void;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  readonly press: LongPressHandlers;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onCopy: (event: ClipboardEvent<HTMLElement>) => void;
}

/** Further from the bottom than this many pixels is "scrolled up". */
const BOTTOM_PX = 8;
/** Rows are asked for when fewer viewports than this are left. */
const AHEAD_VIEWPORTS = 2;

/**
 * A bounded run of rows in normal flow that stay where they are: whatever is added, removed or grows above the part in view, the first
 * row in view keeps its place on the screen. The anchor is an element and its offset, taken when React commits, because the reader goes on scrolling
 * while a page is fetched. There are no estimates, so nothing needs correcting while scrolling.
 *
 * A class, because hooks have no getSnapshotBeforeUpdate.
 */
export class MessageWindow extends Component<MessageWindowProps> {
  readonly #scroller = createRef<HTMLDivElement>();
  readonly #content = createRef<HTMLDivElement>();
  #resizes: ResizeObserver | undefined;
  #inView: RowsInView | undefined;
  #anchor: WindowAnchor | undefined;
  #sticks = true;
  /** Asked to go to the newest rows, which are not all there yet. */
  #awaitsNewest = false;
  #placed = false;
  /** The row to begin at stands lower than it should, until there is more below it or the reader scrolls. */
  #low = false;
  /** Where the reader was when all rows in view went away, until they come back or the reader goes elsewhere. */
  #gone: WindowAnchor | undefined;
  #height = { scroll: 0, client: 0 };
  /** The height of which the observer told last. */
  #told = this.#height;
  #pointed: HTMLElement | undefined;
  /** What keeps its place at the next change of the rows, instead of the first row in view. */
  #held: HTMLElement | undefined;

  override componentDidMount(): void {
    const scroller = this.#scroller.current;
    const content = this.#content.current;
    if (scroller === null || content === null) return;
    this.#resizes = new ResizeObserver(() => {
      this.#resized();
      this.#told = this.#height;
    });
    this.#resizes.observe(scroller);
    this.#resizes.observe(content);
    this.#inView = new RowsInView(scroller, (ordinal) => this.props.onInView(ordinal));
    this.props.onStick(this.#sticks);
    this.#place();
    this.#settle();
  }

  override componentWillUnmount(): void {
    this.#resizes?.disconnect();
    this.#inView?.dispose();
  }

  override getSnapshotBeforeUpdate(before: MessageWindowProps): WindowAnchor | null {
    const { items } = this.props;
    const scroller = this.#scroller.current;
    const content = this.#content.current;
    this.#catchUpWithSize();
    if (!isChanged(before, this.props) || scroller === null || content === null) return null;
    if (this.#held !== undefined) return anchorOf(this.#held, scroller);
    const keys = new Set(items.map((item) => item.key));
    return takeAnchor(scroller, content, (key) => keys.has(key)) ?? null;
  }

  override componentDidUpdate(before: MessageWindowProps, _state: unknown, anchor: WindowAnchor | null): void {
    const changed = isChanged(before, this.props);
    if (changed && this.#held !== undefined && anchor !== null) {
      this.#restore(anchor);
      this.#low = false;
      this.#gone = undefined;
      this.#setSticks(this.props.atNewest && this.#isAtBottom());
    } else if (changed) {
      if (this.#awaitsNewest && this.props.atNewest) {
        this.#awaitsNewest = false;
        this.#setSticks(true);
      }
      if (lostPlace(this.#anchor, anchor)) this.#gone ??= this.#anchor;
      const back = this.#returned();
      if (this.#sticks && this.props.atNewest && this.#placed) this.#toBottom();
      else if (back !== undefined) this.#restore(back);
      else if (anchor === null || !this.#placed || this.#low) this.#place();
      else this.#restore(anchor);
    } else this.#catchUpWithSize();
    this.#settle();
    this.#observeAnew();
  }

  /** Goes to the newest row and stays there, also when it still has to come. */
  stickToNewest(): void {
    if (this.props.atNewest) this.#setSticks(true);
    else this.#awaitsNewest = true;
    this.#gone = undefined;
    this.#toBottom();
  }

  /** Goes where it begins when it opens. */
  begin(): void {
    this.#gone = undefined;
    this.#awaitsNewest = false;
    this.#place();
    this.#settle();
  }

  /** Brings a row into view, with the focus if that is wanted, and makes it stand out for a moment; nothing if it is not there. */
  pointOut(key: string, focus: boolean): void {
    const scroller = this.#scroller.current;
    const row = this.#content.current && rowAt(this.#content.current, key);
    if (scroller === null || !row) return;
    const { top, height } = row.getBoundingClientRect();
    scroller.scrollTop +=
      top - scroller.getBoundingClientRect().top - Math.max(0, (scroller.clientHeight - height) / 3);
    const distance = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    this.#low = false;
    this.#gone = undefined;
    this.#awaitsNewest = false;
    this.#setSticks(this.props.atNewest && distance <= BOTTOM_PX);
    this.#settle();
    this.#pointed?.removeAttribute("data-pointed");
    // Begins anew where it is the same row.
    void row.offsetWidth;
    row.setAttribute("data-pointed", "");
    this.#pointed = row;
    if (focus) row.focus({ preventScroll: true });
  }

  /** Keeps an element where it is while the rows are changed, because the reader presses on it or reads what begins there. */
  hold(element: HTMLElement, change: () => void): void {
    this.#held = element;
    flushSync(change);
    this.#held = undefined;
  }

  focusRow(key: string): void {
    const row = this.#content.current && rowAt(this.#content.current, key);
    row?.focus({ preventScroll: true });
  }

  focusLastRow(): void {
    const scroller = this.#scroller.current;
    const content = this.#content.current;
    if (scroller === null || content === null) return;
    const { bottom } = scroller.getBoundingClientRect();
    const articles = [...content.querySelectorAll<HTMLElement>("article")];
    articles.findLast((article) => article.getBoundingClientRect().top < bottom)?.focus();
  }

  override render() {
    const { label, children, onClick, press, onKeyDown, onCopy } = this.props;
    return (
      <div
        ref={this.#scroller}
        className={styles["scroller"]}
        data-focus-home
        role="log"
        aria-label={label}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={this.#scrolled}
        onClick={onClick}
        {...press}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
      >
        <div ref={this.#content} className={styles["content"]}>
          {children}
        </div>
      </div>
    );
  }

  readonly #scrolled = (): void => {
    const scroller = this.#scroller.current;
    if (scroller === null) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const byReader = scrollTop !== this.#anchor?.scrollTop;
    if (byReader) {
      this.#low = false;
      this.#gone = undefined;
    }
    // Where a size changed, the browser moved the list, not the reader.
    if (scrollHeight === this.#height.scroll && clientHeight === this.#height.client) {
      this.#setSticks(this.props.atNewest && this.#isAtBottom());
    }
    this.#settle();
    if (byReader && this.#anchor !== undefined) this.props.onReaderScroll(this.#anchor.element);
  };

  #resized(): void {
    const scroller = this.#scroller.current;
    if (scroller === null) return;
    if (this.#sticks && this.props.atNewest) this.#toBottom();
    // A reader who scrolled since the anchor was taken has a place of their own.
    else if (this.#anchor !== undefined && scroller.scrollTop === this.#anchor.scrollTop) this.#restore(this.#anchor);
    this.#settle();
  }

  /** What is drawn may come between a change of size and the observer that tells of it: then the place is that of before, not of now. */
  #catchUpWithSize(): void {
    const scroller = this.#scroller.current;
    if (scroller === null || !this.#placed) return;
    const { scrollHeight, clientHeight } = scroller;
    if (scrollHeight !== this.#height.scroll || clientHeight !== this.#height.client) this.#resized();
  }

  /** The observer compares with what it told last: where a size went and came back before it is drawn, it would not tell that it came back. */
  #observeAnew(): void {
    const { scroll, client } = this.#height;
    if (scroll === this.#told.scroll && client === this.#told.client) return;
    for (const element of [this.#scroller.current, this.#content.current]) {
      if (element === null) continue;
      this.#resizes?.unobserve(element);
      this.#resizes?.observe(element);
    }
  }

  /** Where to begin, when no row is left of what was in view. */
  #place(): void {
    const scroller = this.#scroller.current;
    const content = this.#content.current;
    if (scroller === null || content === null || this.props.items.length === 0) return;
    this.#placed = true;
    const begin = rowAt(content, this.props.beginAt);
    const above = begin === undefined ? 0 : begin.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    this.#toBottom();
    if (begin !== undefined) {
      const wanted = this.props.beginTop ?? scroller.clientHeight / 4;
      const hidden = wanted - (begin.getBoundingClientRect().top - scroller.getBoundingClientRect().top);
      if (hidden > 0) scroller.scrollTop -= hidden;
    }
    const distance = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    this.#low = begin !== undefined && distance <= BOTTOM_PX && this.props.awaitsRows;
    this.#setSticks(this.props.atNewest && distance <= BOTTOM_PX && above >= 0 && !this.#low);
  }

  /** Rows that a Reset took and a page brought again stand where they stood. */
  #returned(): WindowAnchor | undefined {
    const content = this.#content.current;
    const element = this.#gone && content && rowAt(content, this.#gone.element.dataset["key"] ?? "");
    if (!element || this.#gone === undefined) return undefined;
    const back = { ...this.#gone, element };
    this.#gone = undefined;
    return back;
  }

  #restore(anchor: WindowAnchor): void {
    const scroller = this.#scroller.current;
    if (scroller === null || !anchor.element.isConnected) return;
    const moved = anchor.element.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.top;
    if (moved !== 0) scroller.scrollTop += moved;
  }

  #isAtBottom(): boolean {
    const scroller = this.#scroller.current;
    if (scroller === null) return true;
    return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= BOTTOM_PX;
  }

  #toBottom(): void {
    const scroller = this.#scroller.current;
    if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
  }

  #setSticks(sticks: boolean): void {
    if (sticks === this.#sticks) return;
    this.#sticks = sticks;
    this.props.onStick(sticks);
  }

  /** After every change of place: remembers it, asks for rows that will be needed, tells what is in view. */
  #settle(): void {
    const scroller = this.#scroller.current;
    const content = this.#content.current;
    if (scroller === null || content === null) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    this.#height = { scroll: scrollHeight, client: clientHeight };
    this.#anchor = takeAnchor(scroller, content, () => true);
    this.#inView?.update(content);
    if (this.props.items.length === 0) return;
    if (!this.#low) this.props.onPlace(this.#sticks && this.props.atNewest ? undefined : placeOf(this.#anchor));
    if (scrollTop < AHEAD_VIEWPORTS * clientHeight) this.props.onNearOldest();
    if (scrollHeight - clientHeight - scrollTop < AHEAD_VIEWPORTS * clientHeight) this.props.onNearNewest();
  }
}

function placeOf(anchor: WindowAnchor | undefined): KeptPlace | undefined {
  const { key, ordinal } = anchor?.element.dataset ?? {};
  if (anchor === undefined || key === undefined || ordinal === undefined) return undefined;
  return { id: key, ordinal: Number(ordinal), top: anchor.top };
}

/** Whether rows may stand elsewhere than they did. */
function isChanged(before: MessageWindowProps, now: MessageWindowProps): boolean {
  return before.items !== now.items || before.room !== now.room;
}
