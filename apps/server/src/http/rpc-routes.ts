import { type ConnectError, createConnectRouter, createContextValues } from "@connectrpc/connect";
import {
  type UniversalHandler,
  universalServerRequestFromFetch,
  universalServerResponseToFetch,
} from "@connectrpc/connect/protocol";
import { codeToHttpStatus, errorToJson } from "@connectrpc/connect/protocol-connect";
import { AccountService, ConversationService, limits } from "@parley/protocol";
import type { AttemptLimiter } from "../accounts/attempt-limiter.ts";
import { Refusal } from "../accounts/refusal.ts";
import type { Pace } from "../connection/pace.ts";
import { type Caller, callerKey } from "./caller.ts";
import { answerWithProblems, connectErrorOf } from "./connect-errors.ts";
import { failureWithProblem } from "./failure-with-problem.ts";
import { accountService } from "./handlers/account-service.ts";
import { conversationService } from "./handlers/conversation-service.ts";
import type { Services } from "./services.ts";
import { weightOf } from "./weight-of-body.ts";

/** A call counts once more for each of these: reading it costs in proportion to its size. */
const WEIGHED_BYTES = 4 * 1024;

/** The services of the schema over HTTP, by path. */
export class RpcRoutes {
  readonly #handlers: ReadonlyMap<string, UniversalHandler>;
  readonly #calls: AttemptLimiter;
  readonly #pace: Pace;

  constructor(services: Services) {
    this.#calls = services.calls;
    this.#pace = services.pace;
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
    return handler === undefined ? undefined : this.#answer(handler, request, caller);
  }

  async #answer(handler: UniversalHandler, request: Request, caller: Caller): Promise<Response> {
    try {
      // Before the body is read: one that cannot be read costs as much.
      this.#calls.take(caller.address, weightOf(request, WEIGHED_BYTES));
    } catch (error) {
      if (error instanceof Refusal) return failedResponse(connectErrorOf(error));
      throw error;
    }
    await this.#pace.turn(caller.address);
    return answer(handler, request, caller);
  }
}

function failedResponse(error: ConnectError): Response {
  return Response.json(errorToJson(error, undefined), { status: codeToHttpStatus(error.code) });
}

async function answer(handler: UniversalHandler, request: Request, caller: Caller): Promise<Response> {
  const contextValues = createContextValues().set(callerKey, caller);
  const response = await handler({ ...universalServerRequestFromFetch(request, {}), contextValues });
  return failureWithProblem(universalServerResponseToFetch(response));
}
