import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { Toast } from "../../../design/primitives/toast.tsx";
import type { Notice } from "../view-model/notices.ts";
import styles from "./notice-list.module.css";

export interface NoticeToastsProps {
  readonly shown: readonly Notice[];
  readonly label: string;
  readonly dismissLabel: string;
  readonly onDismiss: (key: number) => void;
}

/** With each new notice they come to the top again. The focus goes back to where it was when the toast that has it goes away. */
export function NoticeToasts({ shown, label, dismissLabel, onDismiss }: NoticeToastsProps) {
  const list = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement>(undefined);
  const newest = shown.at(-1)?.key;
  useEffect(() => {
    const element = list.current;
    // The dialog that it stood in may have closed with the same change: then it is drawn anew, outside.
    if (!element?.isConnected || newest === undefined) return;
    element.showPopover();
    return () => element.hidePopover();
  }, [newest]);
  useEffect(() => {
    const element = list.current;
    const noteOrigin = ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof HTMLElement)) before.current = undefined;
      else if (element?.contains(relatedTarget) !== true) before.current = relatedTarget;
    };
    element?.addEventListener("focusin", noteOrigin);
    return () => element?.removeEventListener("focusin", noteOrigin);
  }, []);
  return (
    <section ref={list} popover="manual" aria-label={label} className={styles["list"]}>
      {shown.map(({ key, kind, text, actions }) => (
        <FocusReturning key={key} to={before}>
          <Toast
            kind={kind}
            text={text}
            actions={actions?.map(({ label, act }) => ({
              label,
              act: () => {
                onDismiss(key);
                act();
              },
            }))}
            dismissLabel={dismissLabel}
            onDismiss={() => onDismiss(key)}
          />
        </FocusReturning>
      ))}
    </section>
  );
}

interface FocusReturningProps {
  readonly to: { readonly current: HTMLElement | undefined };
  readonly children: ReactNode;
}

function FocusReturning({ to, children }: FocusReturningProps) {
  const element = useRef<HTMLDivElement>(null);
  // A layout effect, because afterwards it could not be told whether the focus was in here.
  useLayoutEffect(() => {
    const own = element.current;
    return () => {
      if (own?.contains(document.activeElement)) to.current?.focus({ preventScroll: true });
    };
  }, [to]);
  return <div ref={element}>{children}</div>;
}
