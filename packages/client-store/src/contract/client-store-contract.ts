import type { ContractCase } from "./contract-case.ts";
import { entryCases } from "./entry-cases.ts";
import { forgettingCases } from "./forgetting-cases.ts";
import { lossCases } from "./loss-cases.ts";
import { ownerCases } from "./owner-cases.ts";
import { stateCases } from "./state-cases.ts";

/** What every implementation of the client store must do, in a form that runs under any test runner and in a browser. */
export function clientStoreContract(): readonly ContractCase[] {
  return [...stateCases, ...entryCases, ...forgettingCases, ...ownerCases, ...lossCases];
}
