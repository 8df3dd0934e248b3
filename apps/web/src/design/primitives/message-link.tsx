import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import styles from "./message-link.module.css";

export interface MessageLinkProps {
  /** Empty where the message cannot be seen: then the place stands for it. */
  readonly author: string;
  /** The conversation that it is in; not said again where it is named after the author. */
  readonly place: string;
  readonly time: string;
  /** Shown with the time. */
  readonly fullTime: string;
  readonly text: string;
  /** What is said of it rather than by it. */
  readonly quiet?: boolean;
  /** It stands out from the others. */
  readonly unread?: boolean;
  /** Its time is what matters. */
  readonly due?: boolean;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
  /** For assistive technology, after the text. */
  readonly children?: ReactNode;
}

/** A message on a line outside of its conversation: who wrote what where and when. Leads to it. */
export function MessageLink({ author, place, time, fullTime, text, children, ...props }: MessageLinkProps) {
  const { quiet = false, unread = false, due = false, id, disabled = false, onChoose } = props;
  return (
    <button
      type="button"
      id={id}
      className={classNames(styles["message"], unread && styles["unread"])}
      disabled={disabled}
      onClick={onChoose}
    >
      <span className={styles["author"]} dir="auto">
        {author === "" ? place : author}
      </span>
      <time className={classNames(styles["time"], due && styles["due"])} title={fullTime}>
        {time}
      </time>
      {author !== "" && place !== author && (
        <span className={styles["place"]} dir="auto">
          {place}
        </span>
      )}
      <span className={classNames(styles["text"], quiet && styles["quiet"])} dir="auto">
        {text}
      </span>
      {children}
    </button>
  );
}
