#!/usr/bin/env bun
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArguments } from "./arguments.ts";
import { CliError } from "./cli-error.ts";
import { readPassword } from "./platform/read-password.ts";
import { printable } from "./printable.ts";
import { runCommand } from "./run-command.ts";
import { SessionFile } from "./session-file.ts";

async function main(): Promise<void> {
  const over = new AbortController();
  process.once("SIGINT", () => over.abort());
  process.once("SIGTERM", () => over.abort());
  try {
    await runCommand(parseArguments(process.argv.slice(2)), {
      session: new SessionFile(process.env["PARLEY_CLI_HOME"] ?? join(homedir(), ".config", "parley")),
      defaultServer: process.env["PARLEY_SERVER"],
      output: { line: (text) => console.log(printable(text)), remark: (text) => console.error(printable(text)) },
      readPassword,
      over: over.signal,
    });
    process.exit(0);
  } catch (error) {
    console.error(error instanceof CliError ? printable(error.message) : error);
    process.exit(1);
  }
}

await main();
