import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { Stage } from "../stage/stage.ts";

/** Longer than a device waits for an answer to a ping, so that some give up the socket and come back to a server that does not answer. */
const FROZEN_AT_MOST_MS = 2_600;
const THAWED_AT_MOST_MS = 800;

/** SIGSTOP and SIGCONT: a machine that is starved, suspended or swapping. */
export const frozenServer: Scenario = {
  name: "frozen-server",
  title: "a server that stands still for seconds (SIGSTOP) and goes on",
  share: 0.125,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder });
    try {
      await stage.begin();
      stage.crowd.work();
      const { pid } = stage.server.process;
      for (let freeze = 0; freeze < times; freeze++) {
        await Bun.sleep(random.integer(200, THAWED_AT_MOST_MS));
        stage.server.freeze();
        // These wake up meanwhile, and ping.
        for (const device of random.sample(stage.devices, stage.devices.length / 2)) device.run?.engine.reconnect();
        await Bun.sleep(random.integer(100, FROZEN_AT_MOST_MS));
        stage.server.thaw();
      }
      const violations = await stage.judge();
      if (stage.server.process.pid !== pid) throw new Error("The server was restarted.");
      return { violations, counts: { freezes: times, ...countsOf(stage) } };
    } finally {
      await stage.close();
    }
  },
};
