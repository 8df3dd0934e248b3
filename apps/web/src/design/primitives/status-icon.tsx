import { classNames } from "../class-names.ts";
import { Hidden } from "./hidden.tsx";
import styles from "./status-icon.module.css";

export interface StatusIconProps {
  readonly status: "waiting" | "sending" | "sent" | "delivered" | "read" | "failed";
  /** The state in a word. */
  readonly label: string;
}

/**
 * How far one's own message has come. The shapes differ, not only the colours: a bar across a clock, a clock, one ring with a tick, two rings, two filled discs, and
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
  waiting: (
    <>
      <circle cx="16" cy="8" r="6" />
      <path d="M16 4.800V8l2.200 1.500M9 14.500L23 1.500" />
    </>
  ),
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
      <path d="M10.6 13.77A6.25 6.25 0 1 1 10.6 2.23" />
      <circle cx="16" cy="8" r="6.250" />
      <path d="M13.300 8.200l1.900 1.900 3.500-3.900" />
    </>
  ),
  read: (
    <>
      <path className={styles["solid"]} d="M10.84 14.375A6.9 6.9 0 1 1 10.84 1.625A8.2 8.2 0 0 0 10.84 14.375z" />
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
