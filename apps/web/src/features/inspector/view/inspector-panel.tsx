import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";

import { ConnectionPart } from "./connection-part.tsx";
import { ConversationsPart } from "./conversations-part.tsx";
import { FramesPart } from "./frames-part.tsx";
import styles from "./inspector-panel.module.css";
import type { InspectorPartProps } from "./inspector-part.ts";
import { OutboxPart } from "./outbox-part.tsx";

const parts = { frames: FramesPart, conversations: ConversationsPart, outbox: OutboxPart, connection: ConnectionPart };
type PartName = keyof typeof parts;
const names: readonly PartName[] = ["frames", "conversations", "outbox", "connection"];

export interface InspectorPanelProps extends InspectorPartProps {
  readonly onClose: () => void;
}

/** What the engine holds, and what passes between it and the server, for developers. */
export function InspectorPanel({ model, words, onClose }: InspectorPanelProps) {
  const { paused, reached, engine } = useObservable(model);
  const [shown, show] = useState<PartName>("frames");
  const id = useId();
  const Part = parts[shown];
  return (
    <section className={styles["panel"]} aria-label={words.title}>
      <header className={styles["bar"]}>
        <Tabs words={words} shown={shown} onShow={show} panel={id} />
        <div className={styles["actions"]}>
          <Button onClick={() => model.setPaused(!paused)}>{paused ? words.resume : words.pause}</Button>
          <Button onClick={model.clear}>{words.clear}</Button>
          <Button title={words.resyncHint} onClick={() => void model.resync()}>
            {words.resync}
          </Button>
          <Button title={words.exportHint} onClick={() => void model.export()}>
            {words.export}
          </Button>
          <IconButton icon="close" label={words.close} onClick={onClose} />
        </div>
      </header>
      {!reached && engine !== undefined && (
        <p className={styles["note"]} role="status">
          {words.unreached}
        </p>
      )}
      <div className={styles["part"]} id={id} role="tabpanel" aria-label={words.views[shown]}>
        <Part model={model} words={words} />
      </div>
    </section>
  );
}

interface TabsProps {
  readonly words: InspectorPartProps["words"];
  readonly shown: PartName;
  readonly onShow: (name: PartName) => void;
  readonly panel: string;
}

/** One tab stop; arrows go from tab to tab. */
function Tabs({ words, shown, onShow, panel }: TabsProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const step = along !== undefined && rightToLeft ? -along : along;
    const next = names[(names.indexOf(shown) + (step ?? 0) + names.length) % names.length];
    if (step === undefined || next === undefined) return;
    event.preventDefault();
    onShow(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-part="${next}"]`)?.focus();
  };
  return (
    <div className={styles["tabs"]} role="tablist" aria-label={words.viewsLabel} onKeyDown={move}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          className={styles["tab"]}
          data-part={name}
          aria-selected={name === shown}
          aria-controls={panel}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => onShow(name)}
        >
          {words.views[name]}
        </button>
      ))}
    </div>
  );
}
