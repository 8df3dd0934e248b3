import { useEffect, useRef } from "react";
import { Announcer } from "../../../design/primitives/announcer.tsx";
import { Toast } from "../../../design/primitives/toast.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { Notices } from "../view-model/notices.ts";
import styles from "./notice-list.module.css";

/** Lies over everything, also over a dialog: with each new notice it comes to the top again. */
export function NoticeList({ model, texts }: { readonly model: Notices; readonly texts: Texts }) {
  const { shown, spoken } = useObservable(model);
  const list = useRef<HTMLDivElement>(null);
  const newest = shown.at(-1)?.key;
  useEffect(() => {
    const element = list.current;
    if (element === null || newest === undefined) return;
    element.showPopover();
    return () => element.hidePopover();
  }, [newest]);
  return (
    <>
      <Announcer text={spoken} />
      <div ref={list} popover="manual" className={styles["list"]}>
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
