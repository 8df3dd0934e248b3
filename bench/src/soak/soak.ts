import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServerProcess } from "@parley/rig";
import { Probe } from "../probe/probe.ts";
import { Program } from "../program/program.ts";
import type { SoakCounts } from "./soak-load.ts";
import type { SoakLoadMethods } from "./soak-load-program.ts";
import { type VitalSign, VitalSigns } from "./vital-signs.ts";

export interface SoakOptions {
  readonly minutes: number;
  readonly people: number;
  /** Actions of all people together. */
  readonly perSecond: number;
  readonly seed: string;
}

export interface Soaked {
  readonly signs: readonly VitalSign[];
  readonly counts: SoakCounts;
}

const LOAD_PROGRAM = join(import.meta.dir, "soak-load-program.ts");
const MS_PER_MINUTE = 60_000;
/** At least so often, but in a long soak not more than `LOOKS` times. */
const LOOK_EVERY_MS = 1_000;
const LOOKS = 3_000;
/** From within less often: it collects garbage. */
const LOOKS_PER_INSIGHT = 5;

/** Lets a real server live with people who do everything, and watches it. */
export async function soak(options: SoakOptions, report: (text: string) => void): Promise<Soaked> {
  const folder = mkdtempSync(join(tmpdir(), "parley-soak-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const probe = new Probe(folder);
  const data = join(folder, "data");
  const server = await ServerProcess.start(data, probe.options);
  const load = Program.start<SoakLoadMethods>(LOAD_PROGRAM);
  try {
    const { people, perSecond, seed } = options;
    await load.ask("begin", { port: server.port, people, perSecond, seed });
    const signs = new VitalSigns(data, server.pid);
    const lastsMs = options.minutes * MS_PER_MINUTE;
    const everyMs = Math.max(LOOK_EVERY_MS, lastsMs / LOOKS);
    const began = performance.now();
    for (let looks = 0; performance.now() - began < lastsMs; looks++) {
      signs.look();
      if (looks % LOOKS_PER_INSIGHT === 0) signs.note(await probe.look(server.pid));
      const passedMs = performance.now() - began;
      if (Math.floor(passedMs / MS_PER_MINUTE) !== Math.floor((passedMs - everyMs) / MS_PER_MINUTE)) {
        report(signs.all.map(({ title, shown, points }) => `${title} ${shown(points.at(-1)?.value ?? 0)}`).join(" · "));
      }
      await Bun.sleep(Math.max(0, began + (looks + 1) * everyMs - performance.now()));
    }
    const counts = await load.ask("counts", undefined);
    await load.ask("end", undefined);
    signs.close();
    if (counts === undefined) throw new Error("Nobody did anything.");
    return { signs: signs.all, counts };
  } finally {
    await load.end();
    await server.stop();
    process.off("exit", remove);
    remove();
  }
}
