import { classNames } from "../class-names.ts";
import styles from "./badge.module.css";
import { Hidden } from "./hidden.tsx";

interface BadgeProps {
  readonly count: number;
  readonly label: string;
  /** Shown in place of the number; empty for nothing but the shape. */
  readonly sign?: string;
  /** It asks for no attention. */
  readonly quiet?: boolean;
}

/** A count. Large ones are shortened for the eye; the name says it in full. */
export function Badge({ count, label, sign, quiet = false }: BadgeProps) {
  return (
    <span className={classNames(styles["badge"], quiet && styles["quiet"])}>
      <span aria-hidden="true">{sign ?? (count > 999 ? "999+" : count)}</span>
      <Hidden>{label}</Hidden>
    </span>
  );
}
