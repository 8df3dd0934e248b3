import { expect, test } from "bun:test";
import { play } from "../play.ts";
import { scenarios } from "./scenarios.ts";

const KILLS = 10;
const SEED = 1;

// Mostly they wait: for starts, backoffs and patience that runs out.
for (const scenario of scenarios) {
  test.concurrent(`${scenario.name}: ${scenario.title}`, async () => {
    const { violations, counts } = await play(scenario, SEED, KILLS);
    expect(violations).toEqual([]);
    // A play in which little happened proves little.
    expect(counts["commands"]).toBeGreaterThan(50);
    expect(counts["kinds"]).toBeGreaterThan(10);
    expect(counts["events"]).toBeGreaterThan(200);
    expect(counts["screens"]).toBeGreaterThan(10);
    expect(counts["pages"]).toBeGreaterThan(10);
  });
}
