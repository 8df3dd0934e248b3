/** Why a call to the engine failed. Nothing of the call was done. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type EngineErrorCode =
  /** The engine was stopped, or another owner took over the local store. */
  | "stopped"
  /** It needs the server, which cannot be reached now. */
  | "offline"
  /** No such command, message or conversation on this device. */
  | "not-found"
  /** Out of the bounds of the protocol. */
  | "invalid";
