import { useEffect } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { AppUpdates } from "../view-model/app-updates.ts";
import styles from "./update-offer.module.css";

export interface UpdateOfferProps {
  readonly updates: AppUpdates;
  readonly texts: Texts;
  /** Reads aloud. */
  readonly announce: (text: string) => void;
}

/** Says that a newer version is there, and stays until it is taken: nobody is in a hurry. */
export function UpdateOffer({ updates, texts, announce }: UpdateOfferProps) {
  const ready = useObservable(updates.ready);
  const words = texts.updates;
  useEffect(() => {
    if (ready) announce(words.ready);
  }, [ready, announce, words]);
  if (!ready) return null;
  return (
    <section className={styles["offer"]} aria-label={words.label}>
      <p className={styles["text"]}>{words.ready}</p>
      <Button onClick={() => updates.reload()}>{texts.app.reload}</Button>
    </section>
  );
}
