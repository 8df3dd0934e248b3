import { useEffect, useRef } from "react";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { CompletionOption, CompletionsSnapshot } from "../view-model/completions.ts";
import styles from "./completion-list.module.css";

export const COMPLETIONS_ID = "completions";

export function completionId(index: number): string {
  return `${COMPLETIONS_ID}-${index}`;
}

export interface CompletionListProps {
  readonly completions: CompletionsSnapshot;
  readonly texts: Texts;
  readonly onChoose: (index: number) => void;
}

/** What is offered for what is being written. The field keeps the focus and has the keys. */
export function CompletionList({ completions: { options, active }, texts, onChoose }: CompletionListProps) {
  const words = texts.completions;
  const [first] = options;
  return (
    <>
      <div className={styles["completions"]} hidden={first === undefined}>
        <div
          id={COMPLETIONS_ID}
          role="listbox"
          aria-label={first?.kind === "person" ? words.people : words.emojis}
          className={styles["list"]}
        >
          {options.map((option, index) => (
            <Option
              key={option.kind === "person" ? option.account : option.text}
              option={option}
              id={completionId(index)}
              active={index === active}
              onChoose={() => onChoose(index)}
            />
          ))}
        </div>
      </div>
      <Hidden>
        <span role="status">{first === undefined ? "" : words.offered(options.length)}</span>
      </Hidden>
    </>
  );
}

interface OptionProps {
  readonly option: CompletionOption;
  readonly id: string;
  readonly active: boolean;
  readonly onChoose: () => void;
}

function Option({ option, id, active, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys; an option never has the focus
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={styles["option"]}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {option.kind === "person" ? (
        <>
          <Avatar name={option.displayName} seed={option.account} size="small" />
          <span className={styles["name"]}>{option.displayName}</span>
          <span className={styles["code"]}>@{option.userName}</span>
        </>
      ) : (
        <>
          <span className={styles["emoji"]} aria-hidden="true">
            {option.text}
          </span>
          <span className={styles["name"]}>{option.name}</span>
          <span className={styles["code"]}>{option.shortcode}</span>
        </>
      )}
    </div>
  );
}
