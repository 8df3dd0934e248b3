import { expect, test } from "bun:test";
import { KeptPlaces } from "./kept-places.ts";

test("the places in 50 conversations are kept, those that were read last; none where one left at the newest message", () => {
  const places = new KeptPlaces();
  const place = { id: "message", ordinal: 7, top: -12 };
  for (let at = 1; at <= 50; at++) places.keep(`conversation ${at}`, place);
  places.keep("conversation 1", { ...place, ordinal: 8 });
  places.keep("conversation 51", place);
  expect(places.get("conversation 1")?.ordinal).toBe(8);
  expect(places.get("conversation 2")).toBeUndefined();
  expect(places.get("conversation 3")).toEqual(place);
  places.keep("conversation 3", undefined);
  expect(places.get("conversation 3")).toBeUndefined();
});
