import { type Conversation, type Page, type PageRequest, ProblemCode } from "@parley/protocol";
import { RawDevice } from "@parley/rig";
import type { Reading } from "../history/history.ts";

const PAGE = 200;
const newest = { case: "newest", value: { $typeName: "parley.v1.Newest" } } as const;

/** Reads, with a session that holds nothing, all that the server gives an account: every page of every conversation that anybody knows. */
export async function readEverything(
  url: string,
  token: string,
  account: string,
  known: Iterable<string>,
): Promise<Reading> {
  const device = new RawDevice(url, token);
  try {
    const { conversations: statuses } = await device.hello();
    const states: Conversation[] = [];
    for (const _ of statuses) states.push(...[(await device.next("reset")).state ?? []].flat());
    const pages: Page[] = [];
    const refused = new Set<string>();
    for (const conversation of new Set([...known, ...statuses.map(({ head }) => head?.conversation ?? "")])) {
      const read = await readPages(device, conversation);
      if (read === undefined) refused.add(conversation);
      else pages.push(...read);
    }
    return { account, statuses, states, pages, refused };
  } finally {
    device.close();
  }
}

/** From the newest to the oldest; undefined if the server says that there is no such conversation. */
async function readPages(device: RawDevice, conversation: string): Promise<Page[] | undefined> {
  const pages: Page[] = [];
  let cursor: PageRequest["cursor"] = newest;
  for (;;) {
    const page = await readPage(device, { conversation, limit: PAGE, cursor });
    if (page === undefined) return undefined;
    pages.push(page);
    if (page.fromOrdinal <= 1) return pages;
    cursor = { case: "before", value: page.fromOrdinal };
  }
}

async function readPage(device: RawDevice, question: Omit<PageRequest, "$typeName">): Promise<Page | undefined> {
  const id = device.all("response").length + 1;
  device.send({ case: "request", value: { id, question: { case: "page", value: question } } });
  const { answer } = await device.next("response", (response) => response.id === id);
  if (answer.case === "page") return answer.value;
  if (answer.case === "problem" && answer.value.code === ProblemCode.NOT_FOUND) return undefined;
  throw new Error(`A page of ${question.conversation} was answered with ${JSON.stringify(answer.value)}`);
}
