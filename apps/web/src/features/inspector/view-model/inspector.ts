import type { ConnectionView, EngineInspection, TransportWay } from "@parley/client";

/** The engine of this account, from where it runs. Every method rejects while no engine can be reached. */
export interface Inspector {
  /** What is new since the frame with this number. Frames are recorded as long as somebody looks. */
  look(after: number): Promise<InspectionLook>;
  /** Connects anew as if nothing were held. */
  resync(): Promise<void>;
  setTrouble(trouble: Trouble): Promise<void>;
  /** Everything recorded, without what people wrote or are called, as JSON. */
  bundle(): Promise<string>;
}

/** What is done to the connection on purpose. It ends by itself soon after nobody looks any more. */
export interface Trouble {
  /** Added to each frame, in either direction. Milliseconds. */
  readonly latencyMs: number;
  /** How likely a frame is to be lost, and with it all that follows on its connection: from then on it is half-open. From 0 to 1. */
  readonly loss: number;
}

export const noTrouble: Trouble = { latencyMs: 0, loss: 0 };

export interface InspectionLook {
  readonly frames: readonly InspectedFrame[];
  readonly connections: readonly ConnectionMoment[];
  readonly engine: EngineInspection;
  /** How the server is reached; undefined while it is not, or where there is one way only. */
  readonly way: TransportWay | undefined;
  readonly trouble: Trouble;
}

export interface InspectedFrame {
  /** Ascending, also from one engine to the next. */
  readonly number: number;
  /** Milliseconds since 1970, device's clock. */
  readonly at: number;
  readonly direction: "sent" | "received";
  /** The kind of frame, such as `welcome`; "unreadable" if it is not one. */
  readonly kind: string;
  readonly bytes: number;
  /** The frame as readable JSON. Commands inside are decoded. */
  readonly json: string;
}

/** Something that became of the connection: another state of the engine's, or of the transport under it. */
export interface ConnectionMoment {
  /** Ascending. */
  readonly number: number;
  readonly at: number;
  readonly state: ConnectionView["kind"] | "opened" | "closed";
  /** By which way, with which code, and whose fault, in words of the protocol. */
  readonly detail: string;
}
