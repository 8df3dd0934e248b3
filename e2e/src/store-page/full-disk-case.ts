import { type StoreChange, StoreError } from "@parley/client";
import { openIndexedDbStore } from "@parley/client-store/indexeddb";

const PIECE_CHARACTERS = 320_000;
const RANDOM_AT_ONCE = 64_000;
const PIECES = 60;

/** Fills a store whose room the browser was told to limit: the kind of error, and what it holds then. */
export async function fillStore(account: string): Promise<{ readonly kind: string; readonly drafts: number }> {
  const store = await openIndexedDbStore(account);
  const generation = await store.claim();
  let stored = 0;
  try {
    for (; stored < PIECES; stored++)
      await store.commit(generation, [piece(`first-${stored}`), piece(`second-${stored}`)], "strict");
    return { kind: "it took everything", drafts: 0 };
  } catch (thrown) {
    const kind = thrown instanceof StoreError ? thrown.kind : String(thrown);
    const { drafts } = await store.load();
    // Two in each commit: half a commit would show.
    return { kind: drafts.length === stored * 2 ? kind : `half a commit, ${kind}`, drafts: drafts.length };
  }
}

/** Random, so that nothing compresses it. */
function piece(conversation: string): StoreChange {
  const bytes = crypto.getRandomValues(new Uint16Array(RANDOM_AT_ONCE / 2));
  const text = String.fromCharCode(...bytes).repeat(PIECE_CHARACTERS / bytes.length);
  return { kind: "draft", conversation, text };
}
