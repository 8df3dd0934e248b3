import { Announcer } from "../../../design/primitives/announcer.tsx";
import { Toast } from "../../../design/primitives/toast.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { Notices } from "../view-model/notices.ts";
import styles from "./notice-list.module.css";

export function NoticeList({ model, texts }: { readonly model: Notices; readonly texts: Texts }) {
  const { shown, spoken } = useObservable(model);
  return (
    <>
      <Announcer text={spoken} />
      <div className={styles["list"]}>
        {shown.map((notice) => (
          <Toast
            key={notice.key}
            kind={notice.kind}
            text={notice.text}
            dismissLabel={texts.common.dismiss}
            onDismiss={() => model.dismiss(notice.key)}
          />
        ))}
      </div>
    </>
  );
}
