import { clampMarks, type Marks, mergeMarks, noMarks } from "@parley/log";
import type { ReadState } from "@parley/protocol";
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
  merged(ledger: Ledger, account: string, asked: Marks, state: ReadState): Violation[] {
    const before = this.of(account, state.conversation);
    const history = ledger.log(state.conversation);
    const head = history.visibleEntryHead(account, history.viewerHead(account));
    const expected = mergeMarks(before, clampMarks(asked, head));
    const given: Marks = { delivered: state.delivered, read: state.read };
    this.#marks.set(`${account} ${state.conversation}`, mergeMarks(before, given));
    const where = `marks ${given.delivered}/${given.read} of ${account} in ${state.conversation}`;
    if (given.delivered < before.delivered || given.read < before.read) {
      return [{ rule: "MRK1", detail: `${where} were ${before.delivered}/${before.read}` }];
    }
    if (given.delivered > expected.delivered || given.read > expected.read) {
      return [
        { rule: "MRK2", detail: `${where} should be ${expected.delivered}/${expected.read}, newest visible ${head}` },
      ];
    }
    return [];
  }
}
