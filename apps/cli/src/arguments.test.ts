import { describe, expect, test } from "bun:test";
import { parseArguments } from "./arguments.ts";

describe("the command line", () => {
  test("a command with operands and options, in any order", () => {
    const { command, operands, options } = parseArguments(["--server", "http://a:1", "send", "ana", "--lines=5", "Hi"]);
    expect(command).toBe("send");
    expect(operands).toEqual(["ana", "Hi"]);
    expect([...options]).toEqual([
      ["server", "http://a:1"],
      ["lines", "5"],
    ]);
  });

  test("everything behind -- is an operand", () => {
    expect(parseArguments(["send", "ana", "--", "--server", "-h"]).operands).toEqual(["ana", "--server", "-h"]);
  });

  test("a value may hold an equals sign", () => {
    expect(parseArguments(["--name=a=b", "sign-up"]).options.get("name")).toBe("a=b");
  });

  test.each([[[]], [["--help"]], [["send", "-h"]]])("%p asks for help", (words) => {
    expect(parseArguments(words).command).toBe("help");
  });

  test.each([[["--colour", "red"]], [["--server"]], [["list", "--server="]]])("%p is refused in words", (words) => {
    expect(() => parseArguments(words)).toThrow(/--/);
  });
});
