import { expect, test } from "bun:test";
import type { AccountView, LeftOutView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { en } from "../../../texts/en.ts";
import type { NoticeAction } from "../../notices/view-model/notices.ts";
import { LeftOutNotices } from "./left-out-notices.ts";

const me = { account: "me", userName: "me", displayName: "Me" };

function left(id: string, mayInvite: boolean, ...names: readonly string[]): LeftOutView {
  const people = names.map((displayName, index) => ({ account: `${id} ${index}`, displayName }));
  return { id, conversation: `group of ${id}`, people, mayInvite };
}

function setUp(looking = true) {
  const account = new ObservedValue<AccountView>(me);
  const attention = new ObservedValue(looking);
  const said: string[] = [];
  const invited: string[] = [];
  let actions: readonly NoticeAction[] | undefined;
  const taken = new Set<string>();
  const takeLeftOut = async (command: string) => {
    const isFirst = !taken.has(command);
    taken.add(command);
    return isFirst;
  };
  const show = (text: string, _: unknown, offered?: readonly NoticeAction[]) => {
    said.push(text);
    actions = offered;
  };
  const ports = {
    engine: { account, takeLeftOut },
    attention,
    texts: en,
    notices: { show },
    nameOf: (one: string) => (one.startsWith("found") ? "Ben Meyer" : undefined),
    invite: (conversation: string) => void invited.push(conversation),
  };
  const open = () => new LeftOutNotices(ports);
  const tell = async (...leftOut: readonly LeftOutView[]) => {
    account.set({ ...me, leftOut });
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { attention, said, invited, open, tell, actions: () => actions };
}

test("[REQ7] who was left out is named, with the way to a link for who may make one", async () => {
  const { said, invited, open, tell, actions } = setUp();
  open();
  await tell(left("found", true, ""));
  expect(said).toEqual(["Ben Meyer was not added. Send them an invitation link instead."]);
  for (const { act } of actions() ?? []) act();
  expect(invited).toEqual(["group of found"]);
  await tell(left("a", false, "Ann", "Cem"));
  expect(said.at(-1)).toBe(
    "Ann and Cem were not added. An admin of the group can send them an invitation link instead.",
  );
  expect(actions()).toBeUndefined();
  await tell(left("b", true, "Ann", ""), left("c", true, ""));
  expect(said.slice(2)).toEqual([
    "2 people were not added. Send them an invitation link instead.",
    "1 person was not added. Send them an invitation link instead.",
  ]);
});

test("[REQ7] it is said once, however often it is told and in how many tabs, where somebody looks", async () => {
  const { attention, said, open, tell } = setUp(false);
  open();
  open();
  await tell(left("a", true, "Ann"));
  expect(said).toEqual([]);
  attention.set(true);
  await tell(left("a", true, "Ann"));
  expect(said.length).toBe(1);
});
