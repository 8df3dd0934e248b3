import {
  type AccountView,
  everyoneView,
  MentionFinder,
  type MessageRow,
  type PostDraft,
  type QuoteView,
  quoteOfRow,
  type TimelineView,
} from "@parley/client";

interface Optimistic {
  readonly post: PostDraft;
  readonly row: MessageRow;
  /** Whom it mentions and what it answers is found. */
  readonly complete: boolean;
}

/** No verdict: the command never left. (UNSPECIFIED of RejectionCode, whose module would bring the whole schema into the page.) */
const NO_VERDICT = 0;

/** Messages that were typed in this tab and that the engine has not shown yet: drawn in the same frame as the key that sent them. */
export class OptimisticPosts {
  readonly #posts = new Map<string, Optimistic>();

  add(post: PostDraft, author: AccountView): void {
    this.#posts.set(post.id, { post, row: rowOf(post, author), complete: false });
  }

  has(id: string): boolean {
    return this.#posts.has(id);
  }

  /** It could not be put into the outbox. */
  fail(id: string, reason: string): void {
    const held = this.#posts.get(id);
    if (held === undefined) return;
    const status = { kind: "failed", code: NO_VERDICT, reason } as const;
    this.#posts.set(id, { ...held, row: { ...held.row, status } });
  }

  /** The message, if it could not be put into the outbox. */
  failed(id: string): PostDraft | undefined {
    const held = this.#posts.get(id);
    return held?.row.status?.kind === "failed" ? held.post : undefined;
  }

  /** All that could not be put into the outbox. */
  get allFailed(): readonly PostDraft[] {
    return [...this.#posts.keys()].map((id) => this.failed(id)).filter((post) => post !== undefined);
  }

  /** The engine shows it, or nobody wants it any more. */
  remove(id: string): void {
    this.#posts.delete(id);
  }

  /** The engine's view with these messages behind it, if it follows the newest. The same object if there are none. */
  fold(view: TimelineView): TimelineView {
    if (this.#posts.size === 0 || !view.atNewest) return view;
    const shown = new Set(view.rows.map(({ id }) => id));
    const added = [...this.#posts.values()]
      .filter(({ post }) => post.conversation === view.conversation && !shown.has(post.id))
      .map((held) => this.#completed(held, view));
    return added.length === 0 ? view : { ...view, rows: [...view.rows, ...added] };
  }

  /** With whom it mentions and what it answers, as the engine will tell; found once, so that it stays the same object. */
  #completed({ post, row, complete }: Optimistic, view: TimelineView): MessageRow {
    if (row.body.kind !== "text" || complete) return row;
    const members = view.members.map(({ account, userName, displayName }) => {
      return { account, userName, displayName, me: account === row.author };
    });
    const named = view.rights.mentionEveryone ? [everyoneView, ...members] : members;
    const mentions = [...new Set(new MentionFinder(named).find(post.text).map(({ person }) => person))];
    const quote = post.replyTo === undefined ? undefined : quoteIn(view, post.replyTo);
    const completed = { ...row, body: { ...row.body, mentions }, ...(quote && { quote }) };
    this.#posts.set(post.id, { post, row: completed, complete: true });
    return completed;
  }
}

/** What a window tells of a message that is answered. */
function quoteIn({ answering, rows }: TimelineView, id: string): QuoteView {
  if (answering?.id === id) return answering;
  const row = rows.find((one) => one.kind === "message" && one.id === id);
  return row?.kind === "message" ? quoteOfRow(row) : { id, ordinal: undefined, said: { kind: "unknown" } };
}

function rowOf(post: PostDraft, author: AccountView): MessageRow {
  return {
    kind: "message",
    id: post.id,
    ordinal: undefined,
    author: author.account,
    authorName: author.displayName,
    mine: true,
    at: post.sentAt,
    body: { kind: "text", text: post.text, edited: false },
    reactions: [],
    status: { kind: "sending" },
  };
}
