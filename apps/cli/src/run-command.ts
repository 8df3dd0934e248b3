import { AccountError, createAccountClient } from "@parley/accounts-client";
import type { Engine } from "@parley/client";
import type { Arguments } from "./arguments.ts";
import { CliError } from "./cli-error.ts";
import { list } from "./commands/list.ts";
import { send } from "./commands/send.ts";
import { enter, leave } from "./commands/sign-in.ts";
import { type TailOutput, tail } from "./commands/tail.ts";
import { withEngine } from "./connected-engine.ts";
import { findConversation } from "./find-conversation.ts";
import { helpText } from "./help-text.ts";
import type { SessionFile } from "./session-file.ts";

const DEFAULT_SERVER = "http://localhost:8080";
const DEFAULT_LINES = "10";

export interface CommandContext {
  readonly session: SessionFile;
  /** PARLEY_SERVER. */
  readonly defaultServer: string | undefined;
  readonly output: TailOutput;
  readPassword(prompt: string): Promise<string>;
  /** The person wants to end (Ctrl+C). */
  readonly over: AbortSignal;
}

/** @throws CliError */
export async function runCommand(words: Arguments, context: CommandContext): Promise<void> {
  try {
    await run(words, context);
  } catch (error) {
    if (error instanceof AccountError) throw new CliError(sentenceOf(error));
    throw error;
  }
}

async function run(words: Arguments, context: CommandContext): Promise<void> {
  const { output, session: file, over } = context;
  switch (words.command) {
    case "help":
      output.line(helpText);
      return;
    case "sign-up":
    case "sign-in":
      output.line(await signUpOrIn(words, context));
      return;
    case "sign-out":
      output.line(await leave(clientOf(context), file));
      return;
    case "list":
      output.line(await withEngine(file.read(), async (engine) => list(engine)));
      return;
    case "send": {
      const [whom, ...text] = words.operands;
      if (whom === undefined || text.length === 0) throw new CliError('Use: parley send WHOM "TEXT"');
      const sent = await inConversation(context, whom, (engine, id) =>
        send(engine, id, text.join(" "), (remark) => output.remark(remark)),
      );
      output.line(sent);
      return;
    }
    case "tail": {
      const [whom] = words.operands;
      if (whom === undefined) throw new CliError("Use: parley tail WHOM [--lines N]");
      const lines = countOf(words.options.get("lines") ?? DEFAULT_LINES);
      await inConversation(context, whom, (engine, id) => tail(engine, id, lines, output, over));
      return;
    }
    default:
      throw new CliError(`There is no command "${words.command}". "parley help" lists what there is.`);
  }
}

async function signUpOrIn({ command, operands, options }: Arguments, context: CommandContext): Promise<string> {
  const [userName] = operands;
  if (userName === undefined) throw new CliError(`Use: parley ${command} USER-NAME`);
  const server = addressOf(options.get("server") ?? context.defaultServer ?? DEFAULT_SERVER);
  const accounts = createAccountClient({ address: server });
  const password = await context.readPassword("Password: ");
  const call =
    command === "sign-in"
      ? accounts.signIn({ userName, password })
      : accounts.signUp({ userName, password, displayName: options.get("name") ?? "" });
  return enter(server, context.session, call);
}

function inConversation<T>(
  context: CommandContext,
  whom: string,
  task: (engine: Engine, conversation: string) => Promise<T>,
): Promise<T> {
  const accounts = clientOf(context);
  return withEngine(context.session.read(), async (engine) =>
    task(engine, await findConversation(engine, accounts, whom)),
  );
}

function clientOf({ session }: CommandContext) {
  const { server, token } = session.read();
  return createAccountClient({ address: server, token: () => token });
}

function addressOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CliError(`"${text}" is not a server's address. One looks like ${DEFAULT_SERVER}`);
  }
  return url.origin;
}

function countOf(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new CliError(`"${text}" is not a number of lines from 0 to 999.`);
  return Number(text);
}

function sentenceOf({ kind, message, retryAfterMs }: AccountError): string {
  switch (kind) {
    case "name-taken":
      return "That user name is taken.";
    case "wrong-credentials":
      return "The user name or the password is wrong.";
    case "unauthenticated":
      return "Your session has ended. Sign in again: parley sign-in USER-NAME";
    case "rate-limited":
      return `Too many attempts. Try again in ${Math.max(1, Math.ceil(retryAfterMs / 1000))} s.`;
    case "unreachable":
      return "The server cannot be reached.";
    default:
      return `The server refused: ${message}`;
  }
}
