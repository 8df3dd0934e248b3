const PREFIX = "session of ";

/** Every device of the simulator is signed in, once and for ever. */
export function sessionOf(device: string): string {
  return `${PREFIX}${device}`;
}

export function deviceOf(session: string): string {
  return session.slice(PREFIX.length);
}
