import styles from "./badge.module.css";
import { Hidden } from "./hidden.tsx";

/** A count. Large ones are shortened for the eye; the name says it in full. */
export function Badge({ count, label }: { readonly count: number; readonly label: string }) {
  return (
    <span className={styles["badge"]}>
      <span aria-hidden="true">{count > 999 ? "999+" : count}</span>
      <Hidden>{label}</Hidden>
    </span>
  );
}
