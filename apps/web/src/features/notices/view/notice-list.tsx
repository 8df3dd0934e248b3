import { createPortal } from "react-dom";
import { Announcer } from "../../../design/primitives/announcer.tsx";
import { useTopDialog } from "../../../design/primitives/dialog-stack.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { Notices } from "../view-model/notices.ts";
import { NoticeToasts } from "./notice-toasts.tsx";

/** Lies over everything. While a modal dialog is open it is a part of that, because nothing else can be reached or heard then. */
export function NoticeList({ model, texts }: { readonly model: Notices; readonly texts: Texts }) {
  const { shown, spoken } = useObservable(model);
  const dialog = useTopDialog();
  const { notices, dismiss } = texts.common;
  const toasts = <NoticeToasts shown={shown} label={notices} dismissLabel={dismiss} onDismiss={model.dismiss} />;
  return (
    <>
      <Announcer spoken={spoken} />
      {dialog === undefined
        ? toasts
        : createPortal(
            <>
              <Announcer spoken={spoken} />
              {toasts}
            </>,
            dialog,
          )}
    </>
  );
}
