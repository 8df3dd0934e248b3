import type { MethodImpl } from "@connectrpc/connect";
import type { AccountService } from "@parley/protocol";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { invalid, limitWithin } from "../../validate.ts";

const MOST = 50;
const USUAL = 20;
/** Longer than any name. */
const QUERY_CHARACTERS = 60;

export function findPeople(services: Services): MethodImpl<typeof AccountService.method.findPeople> {
  return async ({ query, limit: asked }, context) => {
    await authorise(services, context);
    const most = limitWithin(asked, MOST, USUAL);
    if (query.length > QUERY_CHARACTERS) throw invalid(`query has at most ${QUERY_CHARACTERS} characters.`);
    return { people: [...(await services.reader.findPeople(query.trim(), most))] };
  };
}
