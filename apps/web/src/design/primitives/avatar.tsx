import { avatarColour, initialsOf } from "../avatar-look.ts";
import { classNames } from "../class-names.ts";
import styles from "./avatar.module.css";
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
}

const icons = { group: "people", notes: "notes" } as const;

/** A picture of initials, or of what has none. Always beside the name in words, so itself silent. */
export function Avatar({ name, seed, size = "medium", of = "person", online = false }: AvatarProps) {
  return (
    <span className={classNames(styles["avatar"], styles[size])} data-colour={avatarColour(seed)} aria-hidden="true">
      <span className={styles["disc"]}>
        {of === "person" ? initialsOf(name) : <Icon name={icons[of]} size="56%" />}
      </span>
      {online && <span className={styles["dot"]} />}
    </span>
  );
}
