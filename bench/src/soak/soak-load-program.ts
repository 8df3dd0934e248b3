/** The load of a soak as a program of its own: `Program.start` runs it. */
import { SeededRandom } from "@parley/simulation";
import { serve } from "../program/serve.ts";
import { type SoakCounts, SoakLoad, type SoakLoadOptions } from "./soak-load.ts";

export interface SoakLoadMethods {
  begin(options: SoakLoadOptions & { readonly seed: string }): Promise<void>;
  counts(nothing: undefined): SoakCounts | undefined;
  end(nothing: undefined): void;
}

function main(): void {
  let load: SoakLoad | undefined;
  serve<SoakLoadMethods>({
    begin({ seed, ...options }) {
      load = new SoakLoad(options, new SeededRandom(seed));
      return load.begin();
    },
    counts: () => load?.counts(),
    end: () => load?.end(),
  });
}

main();
