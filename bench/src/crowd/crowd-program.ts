/** The crowd as a program of its own: `Program.start` runs it. */
import { readFileSync } from "node:fs";
import { create } from "@bufbuild/protobuf";
import { ClientFrameSchema, encodeClientFrame } from "@parley/protocol";
import { serve } from "../program/serve.ts";
import { clientFrame } from "../wire/web-socket-codec.ts";
import { Crowd, type CrowdReport } from "./crowd.ts";
import type { CrowdTarget } from "./crowd-device.ts";
import type { CrowdMember } from "./crowd-member.ts";

export interface CrowdMethods {
  /** Reads the members from a file in JSON. */
  gather(from: { readonly path: string } & CrowdTarget): void;
  arrive(pace: { readonly perSecond: number }): Promise<void>;
  cut(nothing: undefined): void;
  comeBack(nothing: undefined): void;
  forgetTally(nothing: undefined): void;
  inSyncSince(asked: { readonly moment: number; readonly until: number }): Promise<CrowdReport>;
  kept(nothing: undefined): ReturnType<Crowd["kept"]>;
}

function pingFrame(): Uint8Array {
  const frame = create(ClientFrameSchema, { frame: { case: "ping", value: { nonce: 1 } } });
  const encoded = encodeClientFrame("proto", frame);
  return clientFrame(typeof encoded === "string" ? Buffer.from(encoded) : encoded);
}

function main(): void {
  let gathered: Crowd | undefined;
  const crowd = () => {
    if (gathered === undefined) throw new Error("Nobody is gathered yet.");
    return gathered;
  };
  serve<CrowdMethods>({
    gather({ path, ...target }) {
      // The row that started this program has written the file.
      const members = JSON.parse(readFileSync(path, "utf8")) as CrowdMember[];
      gathered = new Crowd(members, target, pingFrame());
    },
    arrive: ({ perSecond }) => crowd().arrive(perSecond),
    cut: () => crowd().cut(),
    comeBack: () => crowd().comeBack(),
    forgetTally: () => crowd().forgetTally(),
    inSyncSince: ({ moment, until }) => crowd().inSyncSince(moment, until),
    kept: () => crowd().kept(),
  });
}

main();
