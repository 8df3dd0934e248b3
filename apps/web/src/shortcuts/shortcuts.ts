/** Keys pressed together. */
export interface Chord {
  /** As a keyboard event names it; letters small. */
  readonly key: string;
  /** Control, or ⌘ on Apple's. */
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
}

export type ShortcutPart = "everywhere" | "list" | "conversation" | "writing" | "messages";

interface Shortcut {
  readonly part: ShortcutPart;
  /** Any of them. */
  readonly chords: readonly Chord[];
}

/**
 * Every shortcut of the app, in the order in which people are told of them. Whoever hears keys asks here which of these they are, so that what
 * is told is what works. Those without Control, ⌘ or Alt never count where somebody types, but for those of the part `writing`.
 */
export const shortcuts = {
  goTo: { part: "everywhere", chords: [{ key: "k", mod: true }] },
  nextConversation: { part: "everywhere", chords: [{ key: "ArrowDown", alt: true }] },
  previousConversation: { part: "everywhere", chords: [{ key: "ArrowUp", alt: true }] },
  nextUnread: { part: "everywhere", chords: [{ key: "ArrowDown", alt: true, shift: true }] },
  previousUnread: { part: "everywhere", chords: [{ key: "ArrowUp", alt: true, shift: true }] },
  newConversation: { part: "everywhere", chords: [{ key: "o", mod: true, shift: true }] },
  showMentions: { part: "everywhere", chords: [{ key: "@" }, { key: "m", mod: true, shift: true }] },
  showShortcuts: { part: "everywhere", chords: [{ key: "?" }, { key: "/", mod: true }] },
  close: { part: "everywhere", chords: [{ key: "Escape" }] },
  nextLine: { part: "list", chords: [{ key: "ArrowDown" }] },
  previousLine: { part: "list", chords: [{ key: "ArrowUp" }] },
  firstLine: { part: "list", chords: [{ key: "Home" }] },
  lastLine: { part: "list", chords: [{ key: "End" }] },
  openFound: { part: "list", chords: [{ key: "Enter" }] },
  lineActions: { part: "list", chords: [{ key: "ContextMenu" }, { key: "F10", shift: true }] },
  pinLine: { part: "list", chords: [{ key: "p" }] },
  muteLine: { part: "list", chords: [{ key: "m" }] },
  archiveLine: { part: "list", chords: [{ key: "e" }] },
  unreadLine: { part: "list", chords: [{ key: "u" }] },
  unlistLine: { part: "list", chords: [{ key: "Delete" }] },
  find: { part: "conversation", chords: [{ key: "f", mod: true }] },
  write: { part: "conversation", chords: [{ key: "/" }] },
  send: { part: "writing", chords: [{ key: "Enter" }, { key: "Enter", mod: true }] },
  breakLine: { part: "writing", chords: [{ key: "Enter", shift: true }] },
  editLast: { part: "writing", chords: [{ key: "ArrowUp" }] },
  cancelEdit: { part: "writing", chords: [{ key: "Escape" }] },
  previousMessage: { part: "messages", chords: [{ key: "ArrowUp" }] },
  nextMessage: { part: "messages", chords: [{ key: "ArrowDown" }] },
  messageActions: { part: "messages", chords: [{ key: "Enter" }, { key: "ContextMenu" }, { key: "F10", shift: true }] },
  reply: { part: "messages", chords: [{ key: "r" }] },
  thread: { part: "messages", chords: [{ key: "t" }] },
  select: { part: "messages", chords: [{ key: "x" }, { key: " " }] },
  selectUpTo: {
    part: "messages",
    chords: [
      { key: "x", shift: true },
      { key: " ", shift: true },
    ],
  },
  leaveMessages: { part: "messages", chords: [{ key: "Escape" }] },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutName = keyof typeof shortcuts;

export const shortcutNames: readonly ShortcutName[] = Object.keys(shortcuts) as ShortcutName[];

export function chordsOf(name: ShortcutName): readonly Chord[] {
  return shortcuts[name].chords;
}
