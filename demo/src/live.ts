import { createAccountClient } from "@parley/accounts-client";
import { withEngine } from "@parley/cli/engine";
import type { Engine } from "@parley/client";
import { uuidV7 } from "@parley/protocol";
import type { SeededRandom } from "@parley/simulation";
import { password, signInCount } from "./credentials.ts";
import { people } from "./people.ts";
import { sentence } from "./sentences.ts";

/** Signs the demo's talkers in as real devices, and keeps them chatting until the signal ends it. */
export async function keepChatting(server: string, random: SeededRandom, signal: AbortSignal): Promise<void> {
  const talkers = people.slice(1, signInCount);
  await Promise.all(
    talkers.map(async ({ userName }) => {
      const session = await createAccountClient({ address: server }).signIn({ userName, password });
      const { account, displayName } = session.profile ?? { account: "", displayName: "" };
      const saved = { server, account, userName, displayName, token: session.token };
      await withEngine(saved, (engine) => chat(engine, random.fork(userName), signal));
    }),
  );
}

/** Now and then opens a conversation, reads it, types and says something. */
async function chat(engine: Engine, random: SeededRandom, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(random.integer(1_000, 12_000), signal);
    const conversation = random.pick(engine.conversations.get().conversations.filter(({ writable }) => writable));
    if (conversation !== undefined) await visit(engine, conversation.id, random, signal);
  }
}

async function visit(engine: Engine, conversation: string, random: SeededRandom, signal: AbortSignal): Promise<void> {
  const timeline = engine.openTimeline(conversation);
  try {
    engine.typing(conversation, true);
    await pause(random.integer(500, 3_000), signal);
    const { loaded, entryHead } = timeline.get();
    if (loaded) engine.markRead(conversation, entryHead);
    const sentAt = Date.now();
    await engine.post({ id: uuidV7(sentAt, random.bytes(10)), conversation, text: sentence(random), sentAt });
    engine.typing(conversation, false);
  } finally {
    timeline.close();
  }
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
