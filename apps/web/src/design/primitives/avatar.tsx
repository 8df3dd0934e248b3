import { useCallback, useContext, useState, useSyncExternalStore } from "react";
import { avatarColour, initialsOf } from "../avatar-look.ts";
import { classNames } from "../class-names.ts";
import styles from "./avatar.module.css";
import { AvatarImages } from "./avatar-images.ts";
import { Icon } from "./icon.tsx";

export interface AvatarProps {
  readonly name: string;
  /** Decides the colour: an account's or a conversation's id. */
  readonly seed: string;
  readonly size?: "small" | "medium" | "large" | "huge";
  /** What it is a picture of. */
  readonly of?: "person" | "group" | "notes";
  /** Draws the dot; say it in words beside the avatar too. */
  readonly online?: boolean;
  /** An image of what `seed` names, drawn over the rest once it is there. */
  readonly image?: string | undefined;
}

const icons = { group: "people", notes: "notes" } as const;

/** A picture of initials, or of what has none. Always beside the name in words, so itself silent. */
export function Avatar({ name, seed, size = "medium", of = "person", online = false, image }: AvatarProps) {
  return (
    <span className={classNames(styles["avatar"], styles[size])} data-colour={avatarColour(seed)} aria-hidden="true">
      <span className={styles["disc"]}>
        {of === "person" ? initialsOf(name) : <Icon name={icons[of]} size="56%" />}
      </span>
      {image !== undefined && <AvatarImage of={seed} image={image} />}
      {online && <span className={styles["dot"]} />}
    </span>
  );
}

/** Nothing until it is there, and where it cannot be shown: what is below it takes the same room. */
function AvatarImage({ of, image }: { readonly of: string; readonly image: string }) {
  const images = useContext(AvatarImages);
  const [broken, setBroken] = useState<string>();
  const draw = useCallback((changed: () => void) => images?.draw(of, image, changed) ?? nothing, [images, of, image]);
  const url = useSyncExternalStore(draw, () => images?.urlOf(of, image));
  if (url === undefined || url === broken) return null;
  return <img className={styles["image"]} src={url} alt="" draggable={false} onError={() => setBroken(url)} />;
}

const nothing = (): void => undefined;
