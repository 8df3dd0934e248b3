import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { ListOption } from "../../../design/primitives/list-option.tsx";
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

function Option({ option, ...rest }: OptionProps) {
  if (option.kind === "emoji") {
    const picture = (
      <span className={styles["emoji"]} aria-hidden="true">
        {option.text}
      </span>
    );
    return <ListOption {...rest} picture={picture} name={option.name} detail={option.shortcode} />;
  }
  const { account, displayName, userName } = option;
  const picture = <Avatar name={displayName} seed={account} size="small" />;
  return <ListOption {...rest} picture={picture} name={displayName} detail={`@${userName}`} />;
}
