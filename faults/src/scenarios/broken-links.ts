import { CuttingProxy, type Way } from "@parley/rig/link";
import type { SeededRandom } from "@parley/simulation";
import type { Device } from "../crowd/device.ts";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { Stage } from "../stage/stage.ts";

const BROKEN_AT_MOST_MS = 2_500;
const WHOLE_AT_MOST_MS = 800;
const DELAY_AT_MOST_MS = 150;
/** Most frames are shorter, so that most of these cuts fall inside one. */
const CUT_WITHIN_BYTES = 400;

/** Every device has a link of its own, and each of them breaks in another way. */
export const brokenLinks: Scenario = {
  name: "broken-links",
  title: "links that are cut, half open, truncated in a frame, stalled and slow",
  share: 0.125,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const links = new Map<Device, CuttingProxy>();
    const addressOf = (device: Device, serverUrl: string) => links.get(device)?.url ?? serverUrl;
    const stage = await Stage.open({ random, folder, addressOf });
    for (const device of stage.devices) links.set(device, await CuttingProxy.open(() => stage.server.port));
    try {
      await stage.begin();
      stage.crowd.work();
      let passedBlackHoles = 0;
      for (let round = 0; round < times; round++) {
        await Bun.sleep(random.integer(200, WHOLE_AT_MOST_MS));
        const hit = random.sample([...links], random.integer(links.size / 3, links.size));
        const [[, blackHole] = [], ...others] = hit;
        for (const [, proxy] of others) disturb(proxy, random);
        if (blackHole !== undefined) passedBlackHoles += await bytesThrough(blackHole, random);
        // Half of them are told that their network is back, as systems do; the others find out.
        for (const [device, proxy] of hit) {
          proxy.heal();
          if (random.chance(0.5)) device.run?.engine.reconnect();
        }
      }
      if (passedBlackHoles > 0) throw new Error(`${passedBlackHoles} bytes passed where nothing could.`);
      const violations = await stage.judge();
      const swallowed = [...links.values()].reduce((sum, proxy) => sum + proxy.swallowed, 0);
      return { violations, counts: { rounds: times, "bytes swallowed": swallowed, ...countsOf(stage) } };
    } finally {
      await stage.close();
      for (const proxy of links.values()) proxy.close();
    }
  },
};

function disturb(proxy: CuttingProxy, random: SeededRandom): void {
  const way: Way = random.chance(0.5) ? "up" : "down";
  random.weighted([
    [3, () => proxy.cut()],
    [3, () => proxy.cutAfter(way, random.integer(1, CUT_WITHIN_BYTES))],
    [4, () => proxy.set(way, "swallow")],
    [2, () => proxy.set(way, "stall")],
    [2, () => proxy.delay(random.integer(10, DELAY_AT_MOST_MS))],
  ])?.();
}

/** Swallows both ways for a while; how many bytes passed meanwhile. */
async function bytesThrough(proxy: CuttingProxy, random: SeededRandom): Promise<number> {
  proxy.set("up", "swallow");
  proxy.set("down", "swallow");
  const before = proxy.passed("up") + proxy.passed("down");
  await Bun.sleep(random.integer(500, BROKEN_AT_MOST_MS));
  return proxy.passed("up") + proxy.passed("down") - before;
}
