import { decodeServerFrame } from "@parley/protocol";
import type { Socket } from "@parley/server/parts";
import type { Coverage } from "../coverage.ts";
import { checkFrame } from "../oracle/check-frame.ts";
import { checkTold } from "../oracle/check-told.ts";
import type { TruthKeeper } from "../oracle/truth-keeper.ts";
import type { Violation } from "../oracle/violation.ts";
import type { Process } from "../time/process.ts";
import type { Trace } from "../trace.ts";

export interface WatchedSocketParts {
  readonly process: Process;
  readonly truth: TruthKeeper;
  readonly trace: Trace;
  readonly coverage: Coverage;
  readonly report: (violations: readonly Violation[]) => void;
}

/** A socket of the server, whatever carries it: every frame that leaves is judged. */
export function watchedSocket(socket: Socket, device: string, viewer: string, parts: WatchedSocketParts): Socket {
  const { process, truth, trace, coverage, report } = parts;
  return {
    encoding: socket.encoding,
    send: (frame) => {
      const decoded = decodeServerFrame(socket.encoding, frame);
      if (decoded === undefined) return true;
      if (!socket.send(frame)) {
        coverage.add("slow consumer");
        return false;
      }
      trace.add(`to ${device}: ${decoded.frame.case}`, typeof frame === "string" ? undefined : frame);
      coverage.add(`frame ${decoded.frame.case}`);
      if (!process.dead) {
        report(checkFrame(truth.ledger, viewer, decoded));
        report(checkTold(truth.secrets, viewer, decoded));
      }
      if (decoded.frame.case === "answers") for (const { id } of decoded.frame.value.answers) truth.acknowledge(id);
      return true;
    },
    waiting: () => socket.waiting(),
    close: (code, reason) => socket.close(code, reason),
  };
}
