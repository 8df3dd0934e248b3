import { createContext } from "react";

/** Where avatars get the bytes from that they show: the app, which knows the engine, provides it. */
export interface AvatarImageSource {
  /**
   * Has an image fetched for as long as somebody draws it.
   *
   * @param of whose it is
   * @param changed called when there is an address for it, or none any more
   * @returns ends it
   */
  draw(of: string, image: string, changed: () => void): () => void;
  /** The address of an image that is drawn; undefined while it is not there. */
  urlOf(of: string, image: string): string | undefined;
}

export const AvatarImages = createContext<AvatarImageSource | undefined>(undefined);
