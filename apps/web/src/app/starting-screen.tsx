import { Spinner } from "../design/primitives/spinner.tsx";
import styles from "./workspace.module.css";

export function StartingScreen({ text }: { readonly text: string }) {
  return (
    <main className={styles["starting"]}>
      <Spinner />
      <p>{text}</p>
    </main>
  );
}
