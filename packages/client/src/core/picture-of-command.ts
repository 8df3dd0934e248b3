import { pictureId, type SetPicture } from "@parley/protocol";

/** A command is drawn many times before it is sent, and never changes. */
const known = new WeakMap<SetPicture, string>();

/** The id that the picture will have which a command sets; empty where it removes it. */
export function pictureOfCommand(body: SetPicture): string {
  const id = known.get(body) ?? pictureId(body.picture);
  known.set(body, id);
  return id;
}
