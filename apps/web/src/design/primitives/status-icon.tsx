import { classNames } from "../class-names.ts";
import { Hidden } from "./hidden.tsx";
import styles from "./status-icon.module.css";

export interface StatusIconProps {
  readonly status: "sending" | "sent" | "delivered" | "read" | "failed";
  /** The state in a word. */
  readonly label: string;
}

/**
 * How far one's own message has come. The shapes differ, not only the colours: a clock, one ring with a tick, two rings, two filled discs, and
 * a warning.
 */
export function StatusIcon({ status, label }: StatusIconProps) {
  return (
    <span className={classNames(styles["status"], styles[status])} title={label}>
      <svg viewBox="0 0 24 16" width="1.3125rem" height="0.875rem" aria-hidden="true" focusable="false">
        {shapes[status]}
      </svg>
      <Hidden>{label}</Hidden>
    </span>
  );
}

const shapes = {
  sending: (
    <>
      <circle cx="16" cy="8" r="6" />
      <path d="M16 4.800V8l2.200 1.500" />
    </>
  ),
  sent: (
    <>
      <circle cx="16" cy="8" r="6.250" />
      <path d="M13.300 8.200l1.900 1.900 3.500-3.900" />
    </>
  ),
  delivered: (
    <>
      <path d="M8.800 13.600a6.250 6.250 0 1 1 0-11.200" />
      <circle cx="16" cy="8" r="6.250" />
      <path d="M13.300 8.200l1.900 1.900 3.500-3.900" />
    </>
  ),
  read: (
    <>
      <path className={styles["solid"]} d="M9.600 14.100A6.900 6.900 0 1 1 9.600 1.900a8.200 8.200 0 0 0 0 12.200z" />
      <circle className={styles["solid"]} cx="16" cy="8" r="6.900" />
      <path className={styles["cut"]} d="M13.200 8.200l2 2 3.600-4" />
    </>
  ),
  failed: (
    <>
      <circle className={styles["solid"]} cx="16" cy="8" r="7" />
      <path className={styles["cut"]} d="M16 4.500v4M16 11.300v.01" />
    </>
  ),
} as const;
