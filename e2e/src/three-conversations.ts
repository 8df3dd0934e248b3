import { signUp } from "@parley/rig";
import { shellReady } from "./offline-shell.ts";
import type { Person } from "./person.ts";
import type { Arrival, Stage } from "./stage.ts";

/** What three conversations are about: each of their messages has its word, by which everybody finds them in the list. */
export const WORDS = ["alone", "rope", "page"] as const;

/** Ada and Bo, who is always connected, have three conversations, a direct one and two groups; Bo has begun each of them with a message. */
export async function threeConversations(
  stage: Stage,
  first: (word: string) => string,
  arrivalOfAda: Arrival,
): Promise<{ ada: Person; bo: Person }> {
  const [ada, bo] = await Promise.all([
    stage.newcomer("ada.fen", "Ada Fen", arrivalOfAda),
    stage.newcomer("bo.moss", "Bo Moss"),
    signUp(stage.server.url, "cyn.reed"),
  ]);
  for (const word of WORDS) {
    if (word === "alone") await bo.start(["Ada Fen"]);
    else await bo.start(["Ada Fen", "cyn.reed"], `About the ${word}`);
    await bo.say(first(word));
    await ada.listItem(first(word)).waitFor();
  }
  await shellReady(ada.page);
  return { ada, bo };
}
