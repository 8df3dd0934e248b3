import { useId } from "react";
import { useObservable } from "../../../observable/use-observable.ts";
import { clockTime } from "../view-model/clock-time.ts";
import { connectionText } from "../view-model/connection-text.ts";
import styles from "./connection-part.module.css";
import type { InspectorPartProps } from "./inspector-part.ts";

const MOST_LATENCY_MS = 3_000;
const MOST_LOSS_PERCENT = 30;

/** Who this device is, what became of its connection, and trouble for it on purpose. */
export function ConnectionPart({ model, words }: InspectorPartProps) {
  const { engine, connections, way, trouble } = useObservable(model);
  const percent = Math.round(trouble.loss * 100);
  return (
    <div className={styles["connection"]}>
      <section className={styles["facts"]}>
        <dl>
          <dt>{words.identity.state}</dt>
          <dd>{engine && connectionText(engine.connection, words)}</dd>
          <dt>{words.identity.way}</dt>
          <dd>{way === undefined ? words.ways.none : words.ways[way]}</dd>
          <dt>{words.identity.device}</dt>
          <dd>{engine?.device}</dd>
          <dt>{words.identity.incarnation}</dt>
          <dd>{engine?.incarnation}</dd>
          <dt>{words.identity.accountHead}</dt>
          <dd>{engine?.accountHead}</dd>
        </dl>
        <fieldset className={styles["trouble"]}>
          <legend>{words.trouble}</legend>
          <p>{words.troubleHint}</p>
          <Slider
            label={words.latency(trouble.latencyMs)}
            value={trouble.latencyMs}
            most={MOST_LATENCY_MS}
            step={50}
            onValue={(latencyMs) => void model.setTrouble({ latencyMs })}
          />
          <Slider
            label={words.loss(percent)}
            value={percent}
            most={MOST_LOSS_PERCENT}
            step={1}
            onValue={(value) => void model.setTrouble({ loss: value / 100 })}
          />
          <p>{words.lossHint}</p>
        </fieldset>
      </section>
      <section aria-label={words.timeline}>
        <h3 className={styles["heading"]}>{words.timeline}</h3>
        <ol className={styles["moments"]}>
          {[...connections].reverse().map(({ number, at, state, detail }) => (
            <li key={number}>
              <time>{clockTime(at)}</time> {detail === "" ? state : words.withDetail(state, detail)}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly step: number;
  readonly onValue: (value: number) => void;
}

function Slider({ label, value, most, step, onValue }: SliderProps) {
  const id = useId();
  return (
    <div className={styles["slider"]}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={step}
        value={value}
        onChange={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
