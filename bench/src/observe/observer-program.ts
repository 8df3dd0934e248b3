/** The observer as a program of its own: `Program.start` runs it. */
import { serve } from "../program/serve.ts";
import { Observer, type ObserverTarget, type Pace } from "./observer.ts";

/** How long answers took, milliseconds. */
export interface Observed {
  readonly pages: readonly number[];
  readonly pings: readonly number[];
}

export interface ObserverMethods {
  connect(target: ObserverTarget): Promise<void>;
  pings(pace: Pace): Promise<readonly number[]>;
  /** Pages over the socket or over HTTP, and pings beside them. */
  pages(asked: { readonly over: "socket" | "http"; readonly pages: Pace; readonly pings: Pace }): Promise<Observed>;
}

function main(): void {
  let connected: Observer | undefined;
  const observer = () => {
    if (connected === undefined) throw new Error("The observer is not connected yet.");
    return connected;
  };
  serve<ObserverMethods>({
    async connect(target) {
      connected = await Observer.connect(target);
    },
    pings: (pace) => observer().pings(pace),
    async pages({ over, ...pace }) {
      const asked = over === "socket" ? observer().pages(pace.pages) : observer().httpPages(pace.pages);
      const [pages, pings] = await Promise.all([asked, observer().pings(pace.pings)]);
      return { pages, pings };
    },
  });
}

main();
