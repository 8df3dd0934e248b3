/** Talkers as a program of their own: `Program.start` runs it. */
import { serve } from "../program/serve.ts";
import { type Heard, type Talker, Talkers } from "./talkers.ts";

export interface TalkersMethods {
  connect(to: { readonly port: number; readonly talkers: readonly Talker[] }): Promise<void>;
  talk(pace: { readonly everyMs: number }): void;
  comeBack(to: { readonly port: number }): void;
  take(nothing: undefined): Heard;
  hush(nothing: undefined): void;
}

function main(): void {
  let talkers = new Talkers([]);
  serve<TalkersMethods>({
    connect(to) {
      talkers = new Talkers(to.talkers);
      return talkers.connect(to.port);
    },
    talk: ({ everyMs }) => talkers.talk(everyMs),
    comeBack: ({ port }) => talkers.comeBack(port),
    take: () => talkers.take(),
    hush: () => talkers.hush(),
  });
}

main();
