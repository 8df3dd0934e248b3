import { ProblemCode } from "@parley/protocol";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";

/** What a server says when it stops: only for who may stop it, and the last case of all. */
export function stopCase(stop: () => Promise<number>): ConformanceCase {
  return {
    title: "[GOODBYE1] [CLOSE1] a server that stops says Goodbye with the time to come back, in both encodings",
    only: "json",
    alone: true,
    async run(session) {
      const person = await session.person();
      const devices = [await session.online(person), await session.connectIn("proto", await session.signIn(person))];
      const [first, second] = devices;
      expectThat(first !== undefined && second !== undefined, "two devices");
      await second.hello();
      const stopped = stop();
      for (const device of devices) {
        const goodbye = await device.expectGoodbye(ProblemCode.SHUTTING_DOWN);
        expectThat(goodbye.retryAfterMs > 0, "a time to come back", goodbye);
      }
      expectEqual(await stopped, 0, "the exit code of the server");
    },
  };
}
