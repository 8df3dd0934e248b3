import { expect, test } from "bun:test";
import type { ConnectionView } from "@parley/client";
import { ObservedValue } from "../observable/observed-value.ts";
import { GroupPictures } from "./group-pictures.ts";

function open() {
  const asked: string[] = [];
  const revoked: string[] = [];
  const connection = new ObservedValue<ConnectionView>({ kind: "online" });
  let offline = false;
  const pictures = new GroupPictures(
    {
      connection,
      picture: async (_, picture) => {
        asked.push(picture);
        if (offline) throw new Error("offline");
        return new TextEncoder().encode(picture);
      },
    },
    { make: (jpeg) => `blob:${new TextDecoder().decode(jpeg)}`, revoke: (url) => void revoked.push(url) },
  );
  const settle = () => Bun.sleep(1);
  const cut = (isCut: boolean) => {
    offline = isCut;
    connection.set({ kind: isCut ? "offline" : "online" });
  };
  return { pictures, asked, revoked, settle, cut };
}

test("what several draw is asked for once, and each is told when it is there", async () => {
  const { pictures, asked, settle } = open();
  let told = 0;
  for (let times = 0; times < 3; times++) pictures.draw("group", "one", () => told++);
  expect(pictures.urlOf("group", "one")).toBeUndefined();
  await settle();
  expect([pictures.urlOf("group", "one"), asked, told]).toEqual(["blob:one", ["one"], 3]);
});

test("what could not be had is asked for again when there is a connection, while it is drawn", async () => {
  const { pictures, asked, settle, cut } = open();
  cut(true);
  const end = pictures.draw("group", "gone", () => undefined);
  pictures.draw("group", "drawn", () => undefined);
  await settle();
  end();
  cut(false);
  await settle();
  expect(asked).toEqual(["gone", "drawn", "drawn"]);
  expect(pictures.urlOf("group", "drawn")).toBe("blob:drawn");
});

test("some that nobody draws are kept, those drawn last; all addresses end with it", async () => {
  const { pictures, revoked, settle } = open();
  const ends = Array.from({ length: 60 }, (_, index) => pictures.draw("group", `${index}`, () => undefined));
  await settle();
  for (const end of ends) end();
  expect(revoked).toEqual(Array.from({ length: 10 }, (_, index) => `blob:${index}`));
  expect(pictures.urlOf("group", "59")).toBe("blob:59");
  pictures.dispose();
  expect(new Set(revoked).size).toBe(60);
});
