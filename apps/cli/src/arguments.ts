import { CliError } from "./cli-error.ts";

/** A command line, taken apart. */
export interface Arguments {
  readonly command: string;
  readonly operands: readonly string[];
  readonly options: ReadonlyMap<OptionName, string>;
}

const optionNames = ["server", "name", "lines"] as const;
type OptionName = (typeof optionNames)[number];

/** @throws CliError for an option that does not exist or lacks its value */
export function parseArguments(words: readonly string[]): Arguments {
  const operands: string[] = [];
  const options = new Map<OptionName, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    // Everything behind "--" is taken as it is, so that a message may begin with a dash.
    if (word === "--") {
      operands.push(...words.slice(index + 1));
      break;
    }
    if (word === "--help" || word === "-h") return { command: "help", operands: [], options };
    if (!word.startsWith("--")) {
      operands.push(word);
      continue;
    }
    const [name = "", inline] = word.slice(2).split(/=(.*)/s);
    const option = optionNames.find((known) => known === name);
    if (option === undefined) throw new CliError(`There is no option --${name}. "parley help" lists what there is.`);
    const value = inline ?? words[++index];
    if (value === undefined || value === "") throw new CliError(`The option --${name} needs a value.`);
    options.set(option, value);
  }
  const [command = "help", ...rest] = operands;
  return { command, operands: rest, options };
}
