import type { AccountClient } from "@parley/accounts-client";
import type { ConversationView, Engine } from "@parley/client";
import { uuidV7 } from "@parley/protocol";
import { CliError } from "./cli-error.ts";

/** The id of the conversation that a person means. One with a person who is named begins if there is none yet. */
export async function findConversation(engine: Engine, accounts: AccountClient, whom: string): Promise<string> {
  const { conversations } = engine.conversations.get();
  const byId = conversations.find(({ id }) => id === whom);
  if (byId !== undefined) return byId.id;
  const named = conversations.filter((conversation) => isCalled(conversation, whom));
  if (named.length > 1) {
    const ids = named.map(({ id, title }) => `  ${id}  ${title}`).join("\n");
    throw new CliError(`"${whom}" may be one of these; give the id:\n${ids}`);
  }
  const [only] = named;
  return only?.id ?? engine.startDirect(newId(), await findPerson(accounts, whom));
}

function isCalled(conversation: ConversationView, whom: string): boolean {
  const names = [conversation.title];
  if (conversation.kind === "direct") names.push(...conversation.people.map(({ userName }) => userName));
  return names.some((name) => sameName(name, whom));
}

async function findPerson(accounts: AccountClient, whom: string): Promise<string> {
  const people = await accounts.findPeople(whom);
  const exact = people.filter(({ userName, displayName }) => sameName(userName, whom) || sameName(displayName, whom));
  const [only, ...others] = exact.filter(({ userName }) => sameName(userName, whom)).concat(exact);
  const ambiguous = others.some(({ account }) => account !== only?.account) && !sameName(only?.userName ?? "", whom);
  if (only !== undefined && !ambiguous) return only.account;
  if (exact.length === 0) throw new CliError(`There is no conversation and nobody called "${whom}".`);
  const names = exact.map(({ userName, displayName }) => `  ${userName}  ${displayName}`).join("\n");
  throw new CliError(`"${whom}" may be one of these; give the user name:\n${names}`);
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
