import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program } from "../program/program.ts";
import type { CrowdMember } from "./crowd-member.ts";
import type { CrowdMethods } from "./crowd-program.ts";

export type CrowdProgram = Program<CrowdMethods>;

const PROGRAM = join(import.meta.dir, "crowd-program.ts");

/** A process with a crowd that is about to connect to that port. */
export async function startCrowd(folder: string, members: readonly CrowdMember[], port: number): Promise<CrowdProgram> {
  const path = join(folder, "crowd.json");
  writeFileSync(path, JSON.stringify(members));
  const crowd = Program.start<CrowdMethods>(PROGRAM);
  await crowd.ask("gather", { path, port, subprotocol: "parley.v1.proto" });
  return crowd;
}
