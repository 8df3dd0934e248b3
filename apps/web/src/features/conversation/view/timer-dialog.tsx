import { useState } from "react";
import { Choice } from "../../../design/primitives/choice.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationTimer, TimerChoice } from "../view-model/conversation-timer.ts";

export interface TimerDialogProps {
  readonly timer: ConversationTimer;
  readonly choices: readonly TimerChoice[];
  readonly texts: Texts;
  readonly onTimer: (seconds: number) => void;
  readonly onClose: () => void;
}

/** After how long messages disappear that are written from now on. What is chosen holds at once. */
export function TimerDialog({ timer, choices, texts, onTimer, onClose }: TimerDialogProps) {
  const words = texts.disappearing;
  // What is pressed is chosen at once, and not only when the engine has it.
  const [chosen, setChosen] = useState(timer.seconds);
  const choose = (value: string) => {
    setChosen(Number(value));
    onTimer(Number(value));
  };
  return (
    <Dialog size="small" title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <Choice
        label={words.label}
        value={String(chosen)}
        options={choices.map(({ seconds, label }) => ({ value: String(seconds), label }))}
        onValue={choose}
      />
      <p>{timer.explanation}</p>
    </Dialog>
  );
}
