import type { ClipboardEvent, KeyboardEvent, MouseEvent } from "react";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import type { LongPress, LongPressHandlers } from "../../../design/use-long-press.ts";
import type { Swipe, SwipeHandlers } from "../../../design/use-swipe.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { ConversationViewModel } from "../view-model/conversation-view-model.ts";
import type { ComposerHandle } from "./composer.tsx";
import type { PressedPerson } from "./mention-menu.tsx";
import type { MessageWindow } from "./message-window.tsx";
import { articleOf, stopOf, stopsIn } from "./row-keys.ts";
import { selectedMessages } from "./selected-messages.ts";

export type OpenMenu = (id: string, anchor: MenuAnchor) => void;

/** What the buttons of rows act on. */
export interface RowDeeds {
  readonly model: ConversationViewModel;
  readonly openMenu: OpenMenu;
  readonly openPerson: (person: PressedPerson) => void;
  readonly openOutbox: () => void;
  readonly openVersions: (id: string) => void;
  readonly openThread: (id: string) => void;
  /** Another day is to be gone to. @param day the one to begin with */
  readonly openDays: (day: string) => void;
  readonly window: MessageWindow | null;
  readonly composer: ComposerHandle | null;
}

/** One listener for the buttons of all rows. */
export function pressedInRow(event: MouseEvent<HTMLElement>, deeds: RowDeeds): void {
  const { model, openMenu, openPerson, openOutbox, openVersions, openThread, openDays, window, composer } = deeds;
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-action]") : null;
  if (model.selecting.get() !== undefined) {
    pressedToSelect(event, model);
    return;
  }
  if (button?.dataset["action"] === "days") openDays(button.dataset["day"] ?? "");
  const article = articleOf(event.target);
  const id = article?.dataset["key"];
  if (article === undefined || id === undefined) return;
  if (button === null) {
    if (isTap(event)) openMenu(id, pointOf(event));
    return;
  }
  const { action, emoji, account, name = "", tip = "" } = button.dataset;
  if (action === "menu") openMenu(id, button.getBoundingClientRect());
  if (action === "retry") model.messages.retry(id);
  if (action === "discard") model.messages.discard(id);
  if (action === "take-back") {
    model.messages.takeBack(id);
    composer?.focus();
  }
  if (action === "outbox") openOutbox();
  if (action === "versions") openVersions(id);
  if (action === "react" && emoji !== undefined)
    model.messages.react(id, emoji, button.getAttribute("aria-pressed") !== "true");
  if (action === "thread") openThread(id);
  if (action === "quote") model.going.goToAnswered(id);
  if (action === "person" && account !== undefined) {
    openPerson({ account, name, userName: tip, anchor: button.getBoundingClientRect() });
  }
  if (action === "show") {
    model.showFolded(id);
    // The button that had it is gone.
    article.focus();
  }
  if (action === "fold") {
    const unfold = button.getAttribute("aria-expanded") !== "true";
    // One reads on from where the beginning ended; what is folded goes above the button that was pressed.
    window?.hold(unfold ? article : button, () => model.setUnfolded(id, unfold));
  }
}

/** While messages are selected, a press anywhere on one selects it, too. */
function pressedToSelect(event: MouseEvent<HTMLElement>, model: ConversationViewModel): void {
  const id = articleOf(event.target)?.dataset["key"];
  if (id === undefined) return;
  if (event.target instanceof Element && event.target.closest("a") !== null) event.preventDefault();
  model.selecting.toggle(id, event.shiftKey);
}

/** Several messages are copied with who wrote them, and any as plain text. */
export function copySelection(event: ClipboardEvent<HTMLElement>, model: ConversationViewModel): void {
  const selection = document.getSelection();
  const selected = selection === null ? [] : selectedMessages(event.currentTarget, selection);
  if (selected.length === 0) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", model.messages.copiedText(selected));
}

/** Opens the menu of a message, or, on a reaction, who reacted. The platform's own menu stays for links and selected text. */
export function rowPress(
  { selecting }: Pick<ConversationViewModel, "selecting">,
  openMenu: OpenMenu,
  openReactions: (id: string, emoji: string) => void,
): LongPress {
  return {
    meant: (target) => {
      const reaction = selecting.get() === undefined && target.closest<HTMLElement>("[data-action=react]");
      if (reaction) return reaction;
      const ownMenu = target.closest("a") !== null || document.getSelection()?.isCollapsed === false;
      return ownMenu ? undefined : articleOf(target);
    },
    open: (pressed, x, y) => {
      const { emoji } = pressed.dataset;
      const id = articleOf(pressed)?.dataset["key"] ?? "";
      if (emoji !== undefined) openReactions(id, emoji);
      else openMenu(id, { top: y, bottom: y, left: x, right: x });
    },
  };
}

/** A finger pulls a message along to answer it. */
export function rowSwipe(
  { selecting, messages }: Pick<ConversationViewModel, "selecting" | "messages">,
  reply: (message: string) => void,
): Swipe {
  return {
    meant: (target) => {
      const article = selecting.get() === undefined ? articleOf(target) : undefined;
      return messages.actionsFor(article?.dataset["key"] ?? "")?.canReply === true ? article : undefined;
    },
    done: (article) => reply(article.dataset["key"] ?? ""),
  };
}

/** What fingers do on rows: rest on them, or pull them. */
export function touching(press: LongPressHandlers, swipe: SwipeHandlers): LongPressHandlers {
  return {
    ...press,
    onPointerDown: (event) => {
      press.onPointerDown(event);
      swipe.onPointerDown(event);
    },
    onPointerMove: (event) => {
      press.onPointerMove(event);
      swipe.onPointerMove(event);
    },
    onPointerUp: (event) => {
      press.onPointerUp(event);
      swipe.onPointerUp();
    },
    onPointerCancel: () => {
      press.onPointerCancel();
      swipe.onPointerCancel();
    },
  };
}

/** A finger on the text of a message, which has no button that appears under a mouse. */
function isTap({ target, nativeEvent }: MouseEvent<HTMLElement>): boolean {
  const touched = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch";
  return touched && target instanceof Element && target.closest("a") === null && target.closest("[data-text]") !== null;
}

function pointOf({ clientX, clientY }: MouseEvent<HTMLElement>): MenuAnchor {
  return { top: clientY, bottom: clientY, left: clientX, right: clientX };
}

/** What keys do in rows. */
export interface RowKeyDeeds {
  readonly openMenu: OpenMenu;
  readonly reply: (message: string) => void;
  readonly openThread: (message: string) => void;
  /** @param run all up to it, too */
  readonly select: (message: string, run: boolean) => void;
  /** Messages are selected no more. False where none were. */
  readonly endSelecting: () => boolean;
  readonly focusLast: () => void;
  readonly composer: ComposerHandle | null;
}

/** Arrows go from message to message and to the days between them, Enter opens the menu of one, R answers it, T opens its thread, X selects it, Escape goes back to the composer. */
export function rowKey(event: KeyboardEvent<HTMLElement>, deeds: RowKeyDeeds): void {
  const { openMenu, reply, openThread, select, endSelecting, focusLast, composer } = deeds;
  const stop = stopOf(event.target);
  if (stop === undefined) {
    if (event.target === event.currentTarget && isPressed(event, "previousMessage")) {
      event.preventDefault();
      focusLast();
    }
    return;
  }
  if (event.target !== stop) return;
  const id = stop.dataset["key"];
  if (id !== undefined && isPressed(event, "messageActions")) {
    event.preventDefault();
    openMenu(id, stop.getBoundingClientRect());
  } else if (id !== undefined && isPressed(event, "reply")) {
    event.preventDefault();
    reply(id);
  } else if (id !== undefined && isPressed(event, "thread")) {
    event.preventDefault();
    openThread(id);
  } else if (id !== undefined && (isPressed(event, "select") || isPressed(event, "selectUpTo"))) {
    event.preventDefault();
    select(id, isPressed(event, "selectUpTo"));
  } else if (isPressed(event, "previousMessage") || isPressed(event, "nextMessage")) {
    event.preventDefault();
    const step = isPressed(event, "previousMessage") ? -1 : 1;
    const stops = stopsIn(event.currentTarget);
    stops[stops.indexOf(stop) + step]?.focus();
  } else if (isPressed(event, "leaveMessages")) {
    if (!endSelecting()) composer?.focus();
  }
}
