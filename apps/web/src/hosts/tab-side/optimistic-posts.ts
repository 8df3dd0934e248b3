import {
  type AccountView,
  type MemberView,
  MentionFinder,
  type MessageRow,
  type PostDraft,
  type TimelineView,
} from "@parley/client";

interface Optimistic {
  readonly post: PostDraft;
  readonly row: MessageRow;
}

/** No verdict: the command never left. (UNSPECIFIED of RejectionCode, whose module would bring the whole schema into the page.) */
const NO_VERDICT = 0;

/** Messages that were typed in this tab and that the engine has not shown yet: drawn in the same frame as the key that sent them. */
export class OptimisticPosts {
  readonly #posts = new Map<string, Optimistic>();

  add(post: PostDraft, author: AccountView): void {
    this.#posts.set(post.id, { post, row: rowOf(post, author) });
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
      .map((held) => this.#named(held, view.members));
    return added.length === 0 ? view : { ...view, rows: [...view.rows, ...added] };
  }

  /** With whom it mentions, as the engine will tell; found once, so that it stays the same object. */
  #named({ post, row }: Optimistic, members: readonly MemberView[]): MessageRow {
    if (row.body.kind !== "text" || row.body.mentions !== undefined) return row;
    const people = new Set(new MentionFinder(members).find(post.text).map(({ person }) => person));
    const mentions = Array.from(people, ({ account, userName, displayName }) => {
      return { account, userName, displayName, me: account === row.author };
    });
    const named = { ...row, body: { ...row.body, mentions } };
    this.#posts.set(post.id, { post, row: named });
    return named;
  }
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
