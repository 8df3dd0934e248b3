import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import type { Texts } from "../../../texts/en.ts";
import styles from "./search-panel.module.css";

export interface DayFormProps {
  readonly texts: Texts;
  /** The date to begin with, if another one is looked for from there. */
  readonly day: string | undefined;
  /** Goes to its field, if there is such a date, whenever this is another number. */
  readonly asked: number;
  /** @param from when the day begins where its reader is */
  readonly onDay: (from: number) => Promise<void>;
}

/** Goes to a day by its date. */
export function DayForm({ texts, day, asked, onDay }: DayFormProps) {
  const id = useId();
  const [date, setDate] = useState("");
  const [going, setGoing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once more
  useEffect(() => {
    if (day === undefined) return;
    setDate(day);
    field.current?.focus();
  }, [day, asked]);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    const from = beginningOf(date);
    if (from === undefined || going) return;
    setGoing(true);
    await onDay(from);
    setGoing(false);
  };
  return (
    <form className={styles["day"]} onSubmit={(event) => void go(event)}>
      <label htmlFor={id}>{texts.search.date}</label>
      <input
        ref={field}
        id={id}
        type="date"
        className={styles["date"]}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <Button type="submit" busy={going} disabled={beginningOf(date) === undefined}>
        {texts.search.goToDate}
      </Button>
    </form>
  );
}

/** In the time zone of the device, where its day begins. */
function beginningOf(date: string): number | undefined {
  const [year, month, day] = date.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const begins = new Date(2000, month - 1, day);
  begins.setFullYear(year, month - 1, day);
  return begins.getTime();
}
