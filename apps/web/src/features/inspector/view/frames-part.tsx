import { useObservable } from "../../../observable/use-observable.ts";
import type { InspectorTexts } from "../../../texts/en-inspector.ts";
import { clockTime } from "../view-model/clock-time.ts";
import type { InspectedFrame } from "../view-model/inspector.ts";
import styles from "./frames-part.module.css";
import type { InspectorPartProps } from "./inspector-part.ts";

/** The frames, newest first, and the one that is selected in full. */
export function FramesPart({ model, words }: InspectorPartProps) {
  const { frames, filter, selected } = useObservable(model);
  return (
    <div className={styles["frames"]}>
      <div className={styles["side"]}>
        <input
          className={styles["filter"]}
          type="search"
          aria-label={words.filter}
          placeholder={words.filter}
          value={filter}
          onChange={(event) => model.setFilter(event.currentTarget.value)}
        />
        {frames.length === 0 ? (
          <p className={styles["empty"]}>{words.noFrames}</p>
        ) : (
          <ul className={styles["list"]}>
            {frames.map((frame) => (
              <li key={frame.number}>
                <FrameLine frame={frame} words={words} selected={frame === selected} onSelect={model.select} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={styles["body"]} tabIndex={0} aria-live="off">
        {selected?.json}
      </pre>
    </div>
  );
}

interface FrameLineProps {
  readonly frame: InspectedFrame;
  readonly words: InspectorTexts;
  readonly selected: boolean;
  readonly onSelect: (frame: InspectedFrame) => void;
}

function FrameLine({ frame, words, selected, onSelect }: FrameLineProps) {
  return (
    <button type="button" className={styles["line"]} aria-pressed={selected} onClick={() => onSelect(frame)}>
      <time>{clockTime(frame.at)}</time>
      <span className={styles["direction"]} data-direction={frame.direction}>
        {frame.direction === "sent" ? "↑" : "↓"} {words[frame.direction]}
      </span>
      <span className={styles["kind"]}>{frame.kind}</span>
      <span className={styles["bytes"]}>{frame.bytes}</span>
    </button>
  );
}
