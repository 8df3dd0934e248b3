import styles from "./spinner.module.css";

/** Something is under way. Silent: say in words what. */
export function Spinner() {
  return <span className={styles["spinner"]} aria-hidden="true" />;
}
