import type { Device } from "../device/device.ts";
import { draftOn } from "./check-drafts.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** One line that was written into a draft. Lines are told apart by what they say. */
interface Line {
  readonly device: Device;
  /** The store that it was written to: a crash since then, or a new store, may lack it. */
  readonly store: string;
  /** The engine has said that it is kept. */
  kept: boolean;
  /** Somebody took it out of the draft. */
  givenUp: boolean;
  /** The posts that it was sent with. */
  readonly posts: { readonly id: string; readonly device: Device; readonly as: string | undefined }[];
  /** Devices that wrote a draft with it in it. */
  readonly writers: Set<Device>;
}

/** What was written into drafts, line by line: where nothing was taken out or sent it has to be, and where it was sent it must not come back. */
export class DraftLines {
  readonly #drafts = new Map<string, Map<string, Line>>();

  wrote(device: Device, conversation: string, text: string, from: string): { kept(): void } {
    const lines = this.#of(device.account, conversation);
    const [now, before] = [linesOf(text), linesOf(from)];
    const added: Line[] = [];
    for (const said of now) {
      const line = lines.get(said) ?? this.#line(device);
      line.writers.add(device);
      if (!lines.has(said)) added.push(line);
      lines.set(said, line);
    }
    for (const said of before) {
      const line = lines.get(said);
      if (line !== undefined && !now.includes(said)) line.givenUp = true;
    }
    return {
      kept: () => {
        for (const line of added) line.kept = true;
      },
    };
  }

  posted(device: Device, conversation: string, id: string, draft: string): void {
    const lines = this.#of(device.account, conversation);
    for (const said of linesOf(draft)) lines.get(said)?.posts.push({ id, device, as: idOf(device) });
  }

  /** At rest, of who was a member all the time in a history that was never set back. */
  check(devices: readonly Device[], ledger: Ledger): Violation[] {
    const violations: Violation[] = [];
    for (const [key, lines] of this.#drafts) {
      const [account = "", conversation = ""] = key.split(" ");
      const history = ledger.logs.get(conversation);
      const device = devices.find((one) => one.account === account && one.owner !== undefined);
      if (history === undefined || device === undefined) continue;
      if (!history.isPresent(account) || history.intervals(account).length !== 1) continue;
      // With somebody whom one blocks nothing is written, and what was is kept unseen.
      if (isWithBlocked(device, conversation)) continue;
      const shown = new Set(linesOf(draftOn(device, conversation)));
      for (const [said, line] of lines) {
        const isPosted = (id: string) => ledger.verdictOf(id)?.outcome.case === "accepted";
        const rule = brokenRule(line, shown.has(said), isPosted);
        if (rule !== undefined) {
          violations.push({
            rule,
            detail: `${said} in the draft of ${conversation} on ${device.name}: ${shown.has(said)}`,
          });
        }
      }
    }
    return violations;
  }

  #of(account: string, conversation: string): Map<string, Line> {
    const key = `${account} ${conversation}`;
    const lines = this.#drafts.get(key) ?? new Map<string, Line>();
    this.#drafts.set(key, lines);
    return lines;
  }

  #line(device: Device): Line {
    return { device, store: storeOf(device), kept: false, givenUp: false, posts: [], writers: new Set() };
  }
}

function isWithBlocked({ owner }: Device, conversation: string): boolean {
  const listed = owner?.engine.conversations.get().conversations;
  return listed?.find(({ id }) => id === conversation)?.blocked === true;
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** What another device wrote on without knowing of the post may come back with what it wrote. */
function brokenRule(line: Line, shown: boolean, isPosted: (id: string) => boolean): string | undefined {
  const { device, store, kept, givenUp, posts: all, writers } = line;
  // A device whose store was thrown away as it posted does not know any more which draft it was.
  const posts = all.filter((post) => idOf(post.device) === post.as);
  if (shown) {
    const alone = posts.some((post) => isPosted(post.id) && writers.size === 1 && writers.has(post.device));
    return alone ? "DRF4" : undefined;
  }
  const safe = kept && storeOf(device) === store;
  return safe && !givenUp && all.length === 0 ? "DRF2" : undefined;
}

function idOf({ disk }: Device): string | undefined {
  return disk.image.state().meta?.device;
}

function storeOf({ disk }: Device): string {
  return `${disk.image.state().meta?.device} ${disk.life}`;
}
