import { expect, test } from "bun:test";
import type { StoredMeta } from "../ports/client-store.ts";
import { Kept } from "./kept.ts";

const meta: StoredMeta = { account: "me", device: "d", incarnation: "i", accountHead: 3, doubted: [] };
const nothing = { touched: new Set<string>() };
const outbox = { touched: new Set(["me"]) };

test("is made anew only where what is stored or the outbox is another", () => {
  const model: { meta: StoredMeta } = { meta };
  const made: string[] = [];
  const kept = new Kept<StoredMeta["inviteCodes"], string>(
    model,
    { inLog: () => [] },
    {
      stored: ({ inviteCodes }) => inviteCodes,
      with: (stored, head, pending, before) => {
        made.push(before);
        return `${stored?.length ?? "none"} as of ${head} with ${pending.length}`;
      },
      none: "nothing",
    },
  );
  expect(kept.value).toBe("nothing");
  expect(kept.refresh(nothing)).toBe(true);
  expect(kept.value).toBe("none as of 3 with 0");
  expect(kept.refresh(nothing)).toBe(false);
  expect(kept.refresh(outbox)).toBe(false);
  model.meta = { ...meta, inviteCodes: [] };
  expect(kept.refresh(nothing)).toBe(true);
  expect(kept.value).toBe("0 as of 3 with 0");
  expect(made).toEqual(["nothing", "none as of 3 with 0", "none as of 3 with 0"]);
});
