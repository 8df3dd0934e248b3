import { classNames } from "../class-names.ts";
import styles from "./icon.module.css";

/** Paths on a grid of 24, drawn with a round stroke of 1.75. */
const paths = {
  add: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  compose:
    "M11 5H7a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3v-4M18.300 3.900a1.900 1.900 0 0 1 2.700 2.700l-8.400 8.400-3.600.900.900-3.600z",
  copy: "M9 9h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM15 6V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2",
  delete:
    "M4.500 7h15M10 7V4.500h4V7M6.500 7l.8 11.200A2 2 0 0 0 9.300 20h5.400a2 2 0 0 0 2-1.800L17.500 7M10.200 11v5M13.800 11v5",
  device:
    "M5 5h14a1.500 1.500 0 0 1 1.500 1.500v8A1.500 1.500 0 0 1 19 16H5a1.500 1.500 0 0 1-1.500-1.500v-8A1.500 1.500 0 0 1 5 5zM9 19.500h6M12 16v3.500",
  down: "M12 5v14M6 13l6 6 6-6",
  edit: "M16.600 4.600a2 2 0 0 1 2.800 2.800L8.500 18.300l-4 1.200 1.200-4zM14.500 6.700l2.800 2.800",
  info: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5M12 8v.01",
  leave: "M10 4.500H6.500a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M15 8l4 4-4 4M19 12H9.500",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  offline:
    "M4 4l16 16M8.500 15.200a5 5 0 0 1 5.300-.700M5.500 11.700a9.500 9.500 0 0 1 3.800-2.400M13 8.600c2 .2 3.900 1.200 5.500 3.100M2.800 8.600a14 14 0 0 1 3.200-2.300M10 5.100c4.100-.5 8.200.8 11.200 3.500M12 18.800h.01",
  open: "M5 12h14M13 6l6 6-6 6",
  people:
    "M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.800 19.500c.4-3.300 3-5.200 6.200-5.200s5.800 1.900 6.200 5.200M15.500 4.900a3.500 3.500 0 0 1 0 6.200M18 14.800c1.800.8 3 2.400 3.200 4.700",
  person:
    "M12 11.500a3.750 3.750 0 1 0 0-7.500 3.750 3.750 0 0 0 0 7.500zM4.500 20c.5-3.800 3.600-6 7.500-6s7 2.200 7.500 6",
  react:
    "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM8.300 13.800c.7 1.700 2 2.600 3.700 2.600s3-.9 3.700-2.600M9 9.500v.4M15 9.500v.4",
  read: "M4.500 12.500l5 5L19.500 7",
  retry: "M19.500 12a7.500 7.500 0 1 1-2.300-5.400M19.500 3.500v4h-4",
  send: "M5 12h6M4.300 5.200c-.4-1.100.7-2.100 1.700-1.600l14 7c1.100.500 1.100 2.200 0 2.700l-14 7c-1 .5-2.100-.5-1.700-1.600L6.800 12z",
  settings:
    "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM10.500 3.500h3l.5 2.400 1.700.9 2.300-.8 1.500 2.600-1.800 1.700v1.900l1.800 1.700-1.500 2.600-2.300-.8-1.700.9-.5 2.400h-3l-.5-2.400-1.700-.9-2.300.8-1.500-2.600 1.800-1.700v-1.900L4.500 8.600 6 6l2.300.8 1.700-.9z",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.300 15.300L20 20",
  signOut: "M10 4.500H6.500a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M15 8l4 4-4 4M19 12H9.500",
  waiting: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2",
  warning: "M12 4.200l8.700 15a.8.800 0 0 1-.7 1.200H4a.8.800 0 0 1-.7-1.200zM12 10v4.500M12 17.300v.01",
} as const;

/** Icons that point along the line of reading. */
const directed: ReadonlySet<string> = new Set(["back", "send", "leave", "open", "signOut"]);

export type IconName = keyof typeof paths;

export const iconNames: readonly IconName[] = Object.keys(paths) as IconName[];

/** A picture beside a text or a name; itself silent. */
export function Icon({ name, size = "1.25rem" }: { readonly name: IconName; readonly size?: string }) {
  return (
    <svg
      className={classNames(styles["icon"], directed.has(name) && styles["mirrored"])}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
