import styles from "./account-screen.module.css";

/** Two speech bubbles, one behind the other. */
export function Logo() {
  return (
    <svg className={styles["logo"]} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="17" className={styles["logoGround"]} />
      <path
        className={styles["logoFront"]}
        d="M14 20a8 8 0 0 1 8-8h17a8 8 0 0 1 8 8v9a8 8 0 0 1-8 8H26l-8.500 7.200c-.9.800-2.300.100-2.300-1.100V37.600A8 8 0 0 1 14 31z"
      />
      <path
        className={styles["logoBack"]}
        d="M51.500 26.500c2 .9 3.500 2.900 3.500 5.300V43a6 6 0 0 1-2.500 4.900v4.400c0 1.200-1.400 1.900-2.300 1.100L44.500 49H34a6 6 0 0 1-5-2.600l2.700-4.400H39c6.900 0 12.500-5.600 12.500-12.500z"
      />
    </svg>
  );
}
