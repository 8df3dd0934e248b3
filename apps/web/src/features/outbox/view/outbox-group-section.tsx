import { useId } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { OutboxGroupItem, OutboxLine } from "../view-model/outbox-view-model.ts";
import styles from "./outbox-dialog.module.css";

export interface OutboxGroupSectionProps {
  readonly group: OutboxGroupItem;
  readonly texts: Texts;
  readonly onRetry: (ids: readonly string[]) => void;
  readonly onDiscard: (line: OutboxLine) => void;
  readonly onDiscardAll: (ids: readonly string[]) => void;
}

/** The part of the outbox that belongs to one conversation. */
export function OutboxGroupSection({ group, texts, onRetry, onDiscard, onDiscardAll }: OutboxGroupSectionProps) {
  const words = texts.outbox;
  const titleId = useId();
  return (
    <section className={styles["group"]} aria-labelledby={titleId}>
      <header className={styles["heading"]}>
        <h3 id={titleId} className={styles["title"]} dir="auto">
          {group.title}
        </h3>
        {group.wait !== undefined && <p className={styles["wait"]}>{group.wait}</p>}
      </header>
      <ul className={styles["lines"]}>
        {group.lines.map((line) => (
          <Line key={line.id} line={line} texts={texts} onRetry={() => onRetry([line.id])} onDiscard={onDiscard} />
        ))}
      </ul>
      {group.more !== undefined && <p className={styles["wait"]}>{group.more}</p>}
      {group.allFailed.length > 0 && (
        <div className={styles["buttons"]}>
          <Button look="quiet" onClick={() => onRetry(group.allFailed)}>
            {words.retryAll(group.allFailed.length)}
          </Button>
          <Button look="quiet" onClick={() => onDiscardAll(group.allFailed)}>
            {words.discardAll(group.allFailed.length)}
          </Button>
        </div>
      )}
    </section>
  );
}

interface LineProps {
  readonly line: OutboxLine;
  readonly texts: Texts;
  readonly onRetry: () => void;
  readonly onDiscard: (line: OutboxLine) => void;
}

function Line({ line, texts, onRetry, onDiscard }: LineProps) {
  const words = texts.outbox;
  return (
    <li className={styles["line"]} data-failed={line.failed || undefined}>
      <Icon name={line.failed ? "warning" : "waiting"} size="1.125rem" />
      <div className={styles["what"]}>
        <p className={styles["text"]} dir="auto">
          {line.text}
        </p>
        {line.state !== "" && <p className={styles["state"]}>{line.state}</p>}
        <p className={styles["since"]} title={line.fullTime}>
          {line.since}
        </p>
      </div>
      <div className={styles["buttons"]}>
        {line.failed && (
          <Button look="quiet" aria-label={words.retryNamed(line.text)} onClick={onRetry}>
            {words.retry}
          </Button>
        )}
        {!line.final && (
          <Button look="quiet" aria-label={words.discardNamed(line.text)} onClick={() => onDiscard(line)}>
            {words.discard}
          </Button>
        )}
      </div>
    </li>
  );
}
