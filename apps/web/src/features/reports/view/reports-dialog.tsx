import { classNames } from "../../../design/class-names.ts";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ReportItem, ReportsViewModel } from "../view-model/reports-view-model.ts";
import styles from "./reports-dialog.module.css";

export interface ReportsDialogProps {
  readonly model: ReportsViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** What people have reported and no admin is done with, the oldest first. */
export function ReportsDialog({ model, texts, onClose }: ReportsDialogProps) {
  const { state, reports } = useObservable(model);
  const words = texts.reports;
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["body"]} aria-busy={state === "loading"}>
        {state === "loading" && <p className={styles["quiet"]}>{words.loading}</p>}
        {state === "failed" && (
          <p className={styles["quiet"]}>
            {words.failed}{" "}
            <Button look="quiet" onClick={() => void model.load()}>
              {texts.common.retry}
            </Button>
          </p>
        )}
        {state === "loaded" && reports.length === 0 && <p className={styles["quiet"]}>{words.none}</p>}
        <ol className={styles["reports"]} aria-label={words.title}>
          {reports.map((report) => (
            <li key={report.id} className={styles["report"]}>
              <Report report={report} texts={texts} onClose={() => void model.close(report.id)} />
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

interface ReportProps {
  readonly report: ReportItem;
  readonly texts: Texts;
  readonly onClose: () => void;
}

function Report({ report, texts, onClose }: ReportProps) {
  const { title, place, erased, note, messages } = report;
  const words = texts.reports;
  return (
    <>
      <h3 className={styles["title"]} dir="auto">
        {title}
      </h3>
      <p className={styles["quiet"]} dir="auto">
        {place}
      </p>
      {note !== "" && (
        <p className={styles["text"]} dir="auto">
          {note}
        </p>
      )}
      <ul className={styles["messages"]}>
        {messages.map((message) => (
          <li key={message.id} className={classNames(styles["message"], message.reported && styles["reported"])}>
            <p className={styles["quiet"]} dir="auto">
              {message.author}, {message.time}
              {!message.reported && ` · ${words.context}`}
            </p>
            <p className={classNames(styles["text"], message.quiet && styles["quiet"])} dir="auto">
              {message.text}
            </p>
          </li>
        ))}
      </ul>
      <p className={styles["quiet"]}>{erased}</p>
      <Button onClick={onClose}>{words.close}</Button>
    </>
  );
}
