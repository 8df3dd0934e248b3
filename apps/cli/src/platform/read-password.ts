import { CliError } from "../cli-error.ts";

const BACKSPACE = ["\u007f", "\b"];

/** The password from PARLEY_PASSWORD, from a pipe, or typed without being shown. */
export async function readPassword(prompt: string): Promise<string> {
  const given = process.env["PARLEY_PASSWORD"];
  if (given !== undefined && given !== "") return given;
  const password = process.stdin.isTTY ? await typed(prompt) : (await Bun.stdin.text()).split(/\r?\n/)[0];
  if (password === undefined || password === "") throw new CliError("No password was given.");
  return password;
}

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (settle: () => void) => {
      stdin.off("data", read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      settle();
    };
    const read = (keys: string) => {
      for (const key of keys) {
        if (key === "\r" || key === "\n") return end(() => resolve(text));
        if (key === "\u0003" || key === "\u0004") return end(() => reject(new CliError("Given up.")));
        text = BACKSPACE.includes(key) ? text.slice(0, -1) : text + key;
      }
    };
    stdin.on("data", read);
    stdin.resume();
  });
}
