import { afterEach, beforeEach, expect, test } from "bun:test";
import { createEngine, type EngineHandle } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import { browserClock } from "../../../hosts/browser/browser-clock.ts";
import { browserRandom } from "../../../hosts/browser/browser-random.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { Notices } from "../../notices/view-model/notices.ts";
import { GroupInfoViewModel } from "./group-info-view-model.ts";

const ana = { account: "018f0000-0000-7000-8000-00000000000a", userName: "ana", displayName: "Ana Ruiz" };
const bo = "018f0000-0000-7000-8000-00000000000b";
const newId = () => uuidV7(Date.now(), browserRandom.bytes(10));

let engine: EngineHandle;
let model: GroupInfoViewModel;
let notices: Notices;
let copied: string[];

/** A group that Ana began with Bo on a device without a network. */
beforeEach(async () => {
  engine = createEngine({
    transport: { connect: () => ({ encoding: "proto", send: () => {}, close: () => {} }) },
    store: new MemoryStore(new MemoryDisk()),
    network: { online: () => false, onReturn: () => () => {}, onLoss: () => () => {} },
    account: ana,
    clock: browserClock,
    random: browserRandom,
    deviceName: "Test",
  });
  await engine.start();
  const conversation = await engine.startGroup(newId(), [bo], "Night ferry");
  notices = new Notices(browserClock);
  copied = [];
  const findPeople = async () => [];
  const { account } = engine;
  const clock = browserClock;
  model = new GroupInfoViewModel({
    conversation,
    engine,
    account,
    findPeople,
    clock,
    texts: en,
    format: new TimeFormat(en, "en-GB"),
    notices,
    newId,
    linkOf: (code) => `https://chat.example/join#${code}`,
    copyText: async (text) => void copied.push(text),
    // A file that says nothing is no image.
    squarePicture: async (file) => (file.size === 0 ? undefined : new Uint8Array(await file.arrayBuffer())),
    block: () => undefined,
  });
  await until(() => model.get().members.length === 2);
});

afterEach(async () => {
  model.dispose();
  await engine.stop();
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await Bun.sleep(5);
  expect(isSo()).toBe(true);
}

function roles() {
  return model.get().members.map(({ self, role, otherRoles }) => [self, role, otherRoles]);
}

test("[GRP3] without a network a group is handed over, and one can do what one's new role allows", async () => {
  expect(roles()).toEqual([
    [true, "Owner", []],
    [false, "", ["owner", "admin"]],
  ]);
  expect(model.get().lastOwner).toBe(true);
  await model.setRole(bo, "owner");
  await until(() => !model.get().lastOwner);
  expect(roles()).toEqual([
    [true, "Owner", ["admin", "member"]],
    [false, "Owner", ["admin", "member"]],
  ]);
  await model.setRole(ana.account, "admin");
  await until(() => model.get().members[0]?.role === "Admin");
  expect(roles()).toEqual([
    [true, "Admin", ["member"]],
    [false, "Owner", []],
  ]);
  expect(model.get().members.map(({ removable }) => removable)).toEqual([false, false]);
});

test("[GRP3] [PIC1] a picture is chosen, shown at once and removed, without a network", async () => {
  const shown = () => model.get().image;
  expect([model.get().rights.setPicture, shown()]).toEqual([true, undefined]);
  await model.choosePicture(new Blob(["a picture"]));
  await until(() => shown() !== undefined);
  const { seed } = model.get();
  expect(new TextDecoder().decode(await engine.picture(seed, shown() ?? ""))).toBe("a picture");
  expect(model.get().makingPicture).toBe(false);
  await model.choosePicture(new Blob([]));
  expect(notices.get().shown.map(({ text }) => text)).toEqual([en.group.noImage]);
  await model.removePicture();
  await until(() => shown() === undefined);
});

test("[GRP3] a description is written, changed or left as it is, without a network", async () => {
  model.startDescribing();
  expect(model.get()).toMatchObject({ description: "", newDescription: "" });
  model.setDescription("  Where the ferry sings.  ");
  await model.saveDescription();
  await until(() => model.get().description === "Where the ferry sings.");
  expect(model.get().newDescription).toBeUndefined();
  const waiting = engine.conversations.get().pending;
  model.startDescribing();
  await model.saveDescription();
  expect(engine.conversations.get().pending).toBe(waiting);
  model.startDescribing();
  model.setDescription("x".repeat(model.longestDescription + 1));
  await model.saveDescription();
  expect(model.get().newDescription).toHaveLength(model.longestDescription + 1);
  expect(notices.get().shown.map(({ text }) => text)).toEqual([en.conversation.actionFailed]);
  model.stopDescribing();
  expect(model.get().newDescription).toBeUndefined();
});

test("[INV4] a link is made without a network, with what stands in it to copy, and revoked", async () => {
  const { invites } = model;
  invites.start();
  invites.change({ label: "Poster", lifetime: "day", maxUses: "many" });
  await invites.save();
  expect(invites.get().making?.error).toBe(en.invites.maxUsesError);
  invites.change({ maxUses: "12" });
  await invites.save();
  await until(() => invites.get().lines.length === 1);
  const [line] = invites.get().lines;
  expect(invites.get().making).toBeUndefined();
  expect(line).toMatchObject({ name: "Poster", state: en.invites.waiting, works: true });
  expect(line?.detail).toMatch(/^Made by you, .* · 0 of 12 joined · works until /);
  expect(line?.link).toMatch(/^https:\/\/chat\.example\/join#[\w-]{43}$/);
  await invites.copy(line?.link ?? "");
  expect(copied).toEqual([line?.link ?? "none"]);
  await invites.revoke(line?.id ?? "");
  await until(() => invites.get().lines[0]?.works === false);
  expect(invites.get().lines[0]).toMatchObject({ state: en.invites.revoking, link: undefined });
});
