/** What other programs that make up people and talk share with the simulator. */
export { checkPage } from "./oracle/check-page.ts";
export { LogHistory } from "./oracle/log-history.ts";
export { SeededRandom } from "./random/seeded-random.ts";
