import { Icon } from "../../../design/primitives/icon.tsx";
import type { Texts } from "../../../texts/en.ts";
import styles from "./conversation-list.module.css";

export interface RequestsPlaceProps {
  readonly inRequests: boolean;
  readonly count: number;
  readonly texts: Texts;
  readonly onPress: () => void;
}

/** The way to the message requests, and back. */
export function RequestsPlace({ inRequests, count, texts, onPress }: RequestsPlaceProps) {
  return (
    <button type="button" className={styles["archive"]} onClick={onPress}>
      <Icon name={inRequests ? "back" : "people"} />
      <span className={styles["archiveName"]}>{inRequests ? texts.requests.leave : texts.requests.place(count)}</span>
    </button>
  );
}
