import { avatarColour, initialsOf } from "../avatar-look.ts";
import { classNames } from "../class-names.ts";
import styles from "./avatar.module.css";
import { Icon } from "./icon.tsx";

export interface AvatarProps {
  readonly name: string;
  /** Decides the colour: an account's or a conversation's id. */
  readonly seed: string;
  readonly size?: "small" | "medium" | "large" | "huge";
  readonly group?: boolean;
  /** Draws the dot; say it in words beside the avatar too. */
  readonly online?: boolean;
}

/** A picture of initials. Always beside the name in words, so itself silent. */
export function Avatar({ name, seed, size = "medium", group = false, online = false }: AvatarProps) {
  return (
    <span className={classNames(styles["avatar"], styles[size])} data-colour={avatarColour(seed)} aria-hidden="true">
      <span className={styles["disc"]}>{group ? <Icon name="people" size="56%" /> : initialsOf(name)}</span>
      {online && <span className={styles["dot"]} />}
    </span>
  );
}
