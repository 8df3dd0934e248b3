import { clampMarks, type Marks, mergeMarks, noMarks } from "@parley/log";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** The truth about marks: what the server has confirmed. */
export class MarkLedger {
  readonly #marks = new Map<string, Marks>();

  of(account: string, conversation: string): Marks {
    return this.#marks.get(`${account} ${conversation}`) ?? noMarks;
  }

  /** A mark that the store holds. */
  reach(account: string, conversation: string, { delivered, read }: Marks): void {
    this.#marks.set(`${account} ${conversation}`, mergeMarks(this.of(account, conversation), { delivered, read }));
  }

  clear(): void {
    this.#marks.clear();
  }

  /** Takes in what the server made of a mark. */
  merged(
    ledger: Ledger,
    account: string,
    { conversation, ...asked }: Marks & { readonly conversation: string },
    given: Marks,
  ): Violation[] {
    const before = this.of(account, conversation);
    const history = ledger.log(conversation);
    const head = history.visibleEntryHead(account, history.viewerHead(account));
    const expected = mergeMarks(before, clampMarks(asked, head));
    this.#marks.set(`${account} ${conversation}`, mergeMarks(before, given));
    const where = `marks ${given.delivered}/${given.read} of ${account} in ${conversation}`;
    if (given.delivered < before.delivered || given.read < before.read) {
      return [{ rule: "MRK1", detail: `${where} were ${before.delivered}/${before.read}` }];
    }
    const cut = ledger.blocks.cutOf(account, conversation);
    if (cut !== undefined && given.delivered > cut) {
      return [{ rule: "BLK2", detail: `${where} beyond ${cut}, from where on the other one is blocked` }];
    }
    if (given.delivered > expected.delivered || given.read > expected.read) {
      return [
        { rule: "MRK2", detail: `${where} should be ${expected.delivered}/${expected.read}, newest visible ${head}` },
      ];
    }
    return [];
  }
}
