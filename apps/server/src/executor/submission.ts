import { binaryDecoder, type Command, CommandSchema, type Order, uuidVersion } from "@parley/protocol";

const commandOf = binaryDecoder(CommandSchema);

/** Undefined when the bytes are not a command. */
export function decodeCommand(bytes: Uint8Array): Command | undefined {
  try {
    return commandOf(bytes);
  } catch {
    // It throws for any malformed input.
    return undefined;
  }
}

/** The id to answer to; empty when the bytes are not a command. */
export function idOf(bytes: Uint8Array): string {
  return decodeCommand(bytes)?.id ?? "";
}

/** Why a command cannot even be recorded as rejected; undefined if it can. */
export function malformation(
  command: Command | undefined,
  order: Order,
  device: string | undefined,
): string | undefined {
  if (command === undefined) return "Not a command.";
  if (uuidVersion(command.id) !== 7) return "The id is not a UUIDv7.";
  if (uuidVersion(command.log) === undefined) return "The log is not an id.";
  if (order.link.case === undefined) return "The order is missing.";
  if (device === undefined && order.link.case !== "none") return "Only a device can order commands.";
  return undefined;
}
