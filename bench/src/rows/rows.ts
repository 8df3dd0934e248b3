import { allTabs } from "../browser/all-tabs.ts";
import { comeBack } from "../browser/come-back.ts";
import { heap } from "../browser/heap.ts";
import { longHistory } from "../browser/long-history.ts";
import { openOffline } from "../browser/open-offline.ts";
import { paint } from "../browser/paint.ts";
import { start } from "../browser/start.ts";
import { switching } from "../browser/switching.ts";
import { takeOver } from "../browser/take-over.ts";
import { week } from "../browser/week.ts";
import { durableRate } from "./durable-rate.ts";
import { entrance } from "./entrance.ts";
import { fanOutRows } from "./fan-out.ts";
import { flush } from "./flush.ts";
import { idleMemory } from "./idle-memory.ts";
import { longConversation } from "./long-conversation.ts";
import { markTraffic } from "./mark-traffic.ts";
import { oneToOneRows } from "./one-to-one.ts";
import { returnOfAll } from "./return-of-all.ts";
import type { Row } from "./row.ts";

/** Every row of the report, in its order. */
export const rows: readonly Row[] = [
  ...fanOutRows,
  markTraffic,
  entrance,
  ...oneToOneRows,
  durableRate,
  longConversation,
  idleMemory,
  returnOfAll,
  flush,
  openOffline,
  paint,
  allTabs,
  takeOver,
  comeBack,
  week,
  start,
  switching,
  longHistory,
  heap,
];
