import { expect, test } from "bun:test";
import { join } from "node:path";
import type { TalkersMethods } from "../talk/talkers-program.ts";
import { Program } from "./program.ts";

const TALKERS = join(import.meta.dir, "../talk/talkers-program.ts");
const talkers = [{ token: "nobody's", log: "none" }];

test("a program answers, and its failures reach who asked", async () => {
  const program = Program.start<TalkersMethods>(TALKERS);
  expect(await program.ask("take", undefined)).toEqual({ toAck: [], late: [], open: 0, connected: 0 });
  await expect(program.ask("connect", { port: 1, talkers })).rejects.toThrow();
  await program.end();
});

test("who waits for a program that dies is told, and so is who asks it later", async () => {
  const silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const program = Program.start<TalkersMethods>(TALKERS);
  await program.ask("hush", undefined);
  const asked = program.ask("connect", { port: silent.port, talkers });
  await Bun.sleep(50);
  process.kill(program.pid, "SIGKILL");
  await expect(asked).rejects.toThrow("The program ended with 137.");
  await expect(program.ask("hush", undefined)).rejects.toThrow();
  silent.stop(true);
});
