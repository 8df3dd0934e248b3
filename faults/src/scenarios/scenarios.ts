import type { Scenario } from "../scenario.ts";
import { brokenLinks } from "./broken-links.ts";
import { clockJumps } from "./clock-jumps.ts";
import { damagedFiles } from "./damaged-files.ts";
import { frozenServer } from "./frozen-server.ts";
import { fullDisk } from "./full-disk.ts";
import { ioErrors } from "./io-errors.ts";
import { killedDevices } from "./killed-devices.ts";
import { killedServer } from "./killed-server.ts";
import { killedWhenDue } from "./killed-when-due.ts";
import { powerCut } from "./power-cut.ts";
import { slowDevice } from "./slow-device.ts";

export const scenarios: readonly Scenario[] = [
  killedServer,
  killedWhenDue,
  frozenServer,
  killedDevices,
  brokenLinks,
  slowDevice,
  fullDisk,
  powerCut,
  ioErrors,
  damagedFiles,
  clockJumps,
];
