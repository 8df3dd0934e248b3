import type { Scenario } from "../scenario.ts";
import { killedServer } from "./killed-server.ts";

export const scenarios: readonly Scenario[] = [killedServer];
