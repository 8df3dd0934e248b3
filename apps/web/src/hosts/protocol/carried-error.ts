import { EngineError, type EngineErrorCode } from "@parley/client";

/** An error in a form that crosses a port. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  /** Of EngineErrors. */
  readonly code?: EngineErrorCode;
}

export function carriedErrorOf(thrown: unknown): CarriedError {
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return thrown instanceof EngineError ? { name, message, code: thrown.code } : { name, message };
}

/** The error on the other side: an EngineError again if it was one, else one that keeps the name. */
export function errorOf({ name, message, code }: CarriedError): Error {
  if (code !== undefined) return new EngineError(code, message);
  const error = new Error(message);
  error.name = name;
  return error;
}
