import { commandCases } from "./command-cases.ts";
import { crowdCases } from "./crowd-cases.ts";
import { floodCases } from "./flood-cases.ts";
import { foreignIdCases } from "./foreign-id-cases.ts";
import type { HostileCase } from "./hostile-case.ts";
import { httpCases } from "./http-cases.ts";
import { malformedFrameCases } from "./malformed-frame-cases.ts";
import { pollingCases } from "./polling-cases.ts";
import { registerCases } from "./register-cases.ts";
import { upgradeCases } from "./upgrade-cases.ts";
import { webSocketCases } from "./web-socket-cases.ts";

/** Floods come last: what an account or an address may do is used up by them. */
export const allHostileCases: readonly HostileCase[] = [
  ...malformedFrameCases,
  ...foreignIdCases,
  ...commandCases,
  ...registerCases,
  ...webSocketCases,
  ...httpCases,
  ...upgradeCases,
  ...pollingCases,
  ...floodCases,
  ...crowdCases,
];
