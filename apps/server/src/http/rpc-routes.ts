import { createConnectRouter, createContextValues } from "@connectrpc/connect";
import {
  type UniversalHandler,
  universalServerRequestFromFetch,
  universalServerResponseToFetch,
} from "@connectrpc/connect/protocol";
import { AccountService, ConversationService, limits } from "@parley/protocol";
import { type Caller, callerKey } from "./caller.ts";
import { answerWithProblems } from "./connect-errors.ts";
import { failureWithProblem } from "./failure-with-problem.ts";
import { accountService } from "./handlers/account-service.ts";
import { conversationService } from "./handlers/conversation-service.ts";
import type { Services } from "./services.ts";

/** The services of the schema over HTTP, by path. */
export class RpcRoutes {
  readonly #handlers: ReadonlyMap<string, UniversalHandler>;

  constructor(services: Services) {
    const router = createConnectRouter({
      grpc: false,
      grpcWeb: false,
      interceptors: [answerWithProblems],
      readMaxBytes: limits.frameBytes,
    });
    router.service(AccountService, accountService(services));
    router.service(ConversationService, conversationService(services));
    this.#handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  }

  /** Undefined if the path is none of a method. */
  handle(path: string, request: Request, caller: Caller): Promise<Response> | undefined {
    const handler = this.#handlers.get(path);
    return handler === undefined ? undefined : answer(handler, request, caller);
  }
}

async function answer(handler: UniversalHandler, request: Request, caller: Caller): Promise<Response> {
  const contextValues = createContextValues().set(callerKey, caller);
  const response = await handler({ ...universalServerRequestFromFetch(request, {}), contextValues });
  return failureWithProblem(universalServerResponseToFetch(response));
}
