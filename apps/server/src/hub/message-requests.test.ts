import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  ConversationKind,
  directConversationId,
  Encryption,
  RequestAnswer,
} from "@parley/protocol";
import { freshId, post } from "@parley/rig";
import { type MemoryDevice, MemoryEdge } from "../testing/memory-edge.ts";

/** A request of Ada to Ben, who are both there. */
async function request() {
  const edge = await MemoryEdge.open(undefined, { messageRequests: true });
  const [ada, ben] = [await edge.person(), await edge.person()];
  const [adas, bens] = [await edge.online(ada), await edge.online(ben)];
  const log = directConversationId(ada, ben, Encryption.NONE);
  const begin = { kind: ConversationKind.DIRECT, encryption: Encryption.NONE, members: [ben] };
  await adas.submit(command(log, { case: "create", value: begin as never }));
  await adas.submit(post(log, "Hello"));
  await edge.clock.advance(5_000);
  return { edge, ada, ben, adas, bens, log };
}

function command(log: string, body: Command["body"]): Command {
  return create(CommandSchema, { id: freshId(), log, sentAt: 1, body });
}

function isSeen(device: MemoryDevice, account: string): boolean {
  const told = device.all("signals").flatMap(({ presence }) => presence.filter((one) => one.account === account));
  return told.some(({ online, lastSeen }) => online || lastSeen > 0);
}

async function type(edge: MemoryEdge, from: MemoryDevice, to: MemoryDevice, conversation: string): Promise<number> {
  const before = to.all("signals").flatMap(({ typing }) => typing).length;
  from.send({ case: "typing", value: { conversation, active: true } });
  await edge.clock.advance(2_000);
  return to.all("signals").flatMap(({ typing }) => typing).length - before;
}

test.each(["accepted", "answered"] as const)(
  "[REQ3] the two are not told of each other until it is %s",
  async (how) => {
    const { edge, ada, ben, adas, bens, log } = await request();
    expect([isSeen(adas, ben), isSeen(bens, ada)]).toEqual([false, false]);
    expect([await type(edge, adas, bens, log), await type(edge, bens, adas, log)]).toEqual([0, 0]);
    adas.lose();
    await edge.clock.advance(5_000);
    const back = await edge.online(ada);
    await edge.clock.advance(5_000);
    expect([isSeen(back, ben), isSeen(bens, ada)]).toEqual([false, false]);
    const setting = { case: "requestAnswer", value: RequestAnswer.ACCEPTED } as const;
    const accept = { case: "setPreference", value: { conversation: log, setting } } as const;
    if (how === "answered") await bens.submit(post(log, "Hello?"));
    else await bens.submit(create(CommandSchema, { id: freshId(), log: ben, sentAt: 1, body: accept }));
    await edge.clock.advance(5_000);
    expect([isSeen(back, ben), isSeen(bens, ada)]).toEqual([true, true]);
    expect([await type(edge, back, bens, log), await type(edge, bens, back, log)]).toEqual([1, 1]);
  },
);
