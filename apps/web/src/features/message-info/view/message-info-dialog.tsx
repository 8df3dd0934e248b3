import { Dialog } from "../../../design/primitives/dialog.tsx";
import { PersonRow } from "../../../design/primitives/person-row.tsx";
import { StatusIcon } from "../../../design/primitives/status-icon.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { MessageInfoViewModel, ReceiptGroup, ReceiptLine } from "../view-model/message-info-view-model.ts";
import styles from "./message-info-dialog.module.css";

export interface MessageInfoDialogProps {
  readonly model: MessageInfoViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Who received and read one's message, and when. */
export function MessageInfoDialog({ model, texts, onClose }: MessageInfoDialogProps) {
  const { sent, loading, note, groups } = useObservable(model);
  const words = texts.messageInfo;
  return (
    <Dialog forReading title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <p className={styles["sent"]}>{sent}</p>
      <p className={styles["note"]} role="status">
        {loading ? words.loading : note}
      </p>
      <div className={styles["groups"]} aria-busy={loading}>
        {groups.map((group) => (
          <Group key={group.reached} group={group} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ group: { reached, title, people } }: { readonly group: ReceiptGroup }) {
  return (
    <section aria-label={title}>
      <h3 className={styles["heading"]}>
        {reached !== "unknown" && <StatusIcon status={reached} label="" />}
        {title}
      </h3>
      <ul>
        {people.map((person) => (
          <Line key={person.account} person={person} />
        ))}
      </ul>
    </section>
  );
}

function Line({ person: { account, name, times, fullTimes } }: { readonly person: ReceiptLine }) {
  return (
    <PersonRow name={name} seed={account} tip={fullTimes === "" ? undefined : fullTimes}>
      <span className={styles["times"]}>
        {times.map((time) => (
          <span key={time}>{time}</span>
        ))}
      </span>
    </PersonRow>
  );
}
