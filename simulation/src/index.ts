/** What other programs that make up people and talk share with the simulator. */
export { SeededRandom } from "./random/seeded-random.ts";
