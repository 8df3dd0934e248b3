import { expect, test } from "bun:test";
import { packedIds, unpackedIds } from "./packed-ids.ts";

test("ids come back as they were, in their order, whatever their versions", () => {
  const ids = [
    "01936d30-6000-7111-8222-333344445502",
    "df247f46-95fe-8db5-9c27-c9e94b78efea",
    "01936d30-6000-7fff-bfff-ffffffffffff",
  ];
  expect(packedIds(ids)?.byteLength).toBe(48);
  expect(unpackedIds(packedIds(ids))).toEqual(ids);
});

test("no ids take nothing", () => {
  expect(packedIds([])).toBeNull();
  expect(unpackedIds(null)).toEqual([]);
});
