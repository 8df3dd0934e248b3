import type { ConformanceCase } from "../kit/conformance-case.ts";
import { commandCases } from "./command-cases.ts";
import { conversationServiceCases } from "./conversation-service-cases.ts";
import { crowdCases } from "./crowd-cases.ts";
import { eventCases } from "./event-cases.ts";
import { frameCases } from "./frame-cases.ts";
import { goldenCases } from "./golden-cases.ts";
import { helloCases } from "./hello-cases.ts";
import { httpCases } from "./http-cases.ts";
import { limitCases } from "./limit-cases.ts";
import { registerCases } from "./register-cases.ts";
import { requestCases } from "./request-cases.ts";
import { socketCases } from "./socket-cases.ts";
import { submitCases } from "./submit-cases.ts";

/** Everything that the kit checks but hostile input and the fuzzer. The slowest come first, so that nobody waits for them alone. */
export const allCases: readonly ConformanceCase[] = [
  ...socketCases,
  ...frameCases,
  ...helloCases,
  ...submitCases,
  ...limitCases,
  ...requestCases,
  ...registerCases,
  ...commandCases,
  ...eventCases,
  ...httpCases,
  ...conversationServiceCases,
  ...goldenCases,
  ...crowdCases,
];
