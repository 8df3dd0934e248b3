import type { MentionView } from "@parley/client";

/**
 * What a message says, in the few forms that are understood: a small part of Markdown and nothing else. Every character of the text is in it, but for
 * the marks that made a form.
 */
export type Block = LinesBlock | CodeBlock | QuoteBlock | ListBlock;

export type TextDirection = "ltr" | "rtl";

/** Lines as they were written, empty ones between them too. */
export interface LinesBlock {
  readonly kind: "lines";
  /** Of all of them; undefined where they have no letters. */
  readonly direction: TextDirection | undefined;
  /** How many isolates of direction the last line opens and never closes: what stands behind it would be within them. */
  readonly openIsolates: number;
  readonly lines: readonly (readonly Inline[])[];
}

export interface CodeBlock {
  readonly kind: "code";
  readonly text: string;
  /** The word behind the opening marks; empty for none. */
  readonly language: string;
}

export interface QuoteBlock {
  readonly kind: "quote";
  readonly blocks: readonly Block[];
}

export interface ListBlock {
  readonly kind: "list";
  readonly items: readonly ListEntry[];
}

export interface ListEntry {
  /** As it was written; undefined in a list without numbers. */
  readonly number: number | undefined;
  readonly blocks: readonly Block[];
}

export type Inline = TextInline | MarkedInline | CodeInline | LinkInline | MentionInline;

export interface TextInline {
  readonly kind: "text";
  readonly text: string;
}

/** None of these holds another of its own kind, so they are three deep at most. */
export interface MarkedInline {
  readonly kind: "strong" | "emphasis" | "struck";
  readonly inlines: readonly Inline[];
}

export interface CodeInline {
  readonly kind: "code";
  readonly text: string;
}

/** An address leads where it says: it is its own text. */
export interface LinkInline {
  readonly kind: "link";
  readonly text: string;
}

export interface MentionInline {
  readonly kind: "mention";
  /** As it was written: "@user.name". */
  readonly text: string;
  readonly person: MentionView;
}

/** How often something was looked at, so that tests can hold a parser to linear time without a clock. */
export interface Effort {
  steps: number;
}
