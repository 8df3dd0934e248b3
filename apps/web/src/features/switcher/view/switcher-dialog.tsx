import { type KeyboardEvent, useId } from "react";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { ComboboxInput } from "../../../design/primitives/combobox-input.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { ListOption } from "../../../design/primitives/list-option.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { Texts } from "../../../texts/en.ts";
import type { SwitcherOption } from "../view-model/switcher-option.ts";
import type { SwitcherViewModel } from "../view-model/switcher-view-model.ts";
import styles from "./switcher-dialog.module.css";

export interface SwitcherDialogProps {
  readonly model: SwitcherViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Goes to a conversation by a few letters of its name. */
export function SwitcherDialog({ model, texts, onClose }: SwitcherDialogProps) {
  const { query, options, active, note } = useObservable(model);
  const words = texts.switcher;
  const id = useId();
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["field"]}>
        <Icon name="search" size="1.125rem" />
        <ComboboxInput
          className={styles["input"]}
          list={`${id}-options`}
          expanded={options.length > 0}
          option={active >= 0 ? `${id}-${active}` : undefined}
          enterKeyHint="go"
          aria-label={words.label}
          placeholder={words.label}
          maxLength={200}
          value={query}
          onChange={(event) => model.setQuery(event.currentTarget.value)}
          onKeyDown={(event) => fieldKey(event, model)}
        />
      </div>
      <div id={`${id}-options`} role="listbox" aria-label={words.results} className={styles["options"]}>
        {options.map((option, index) => (
          <ListOption
            key={option.id}
            id={`${id}-${index}`}
            active={index === active}
            picture={<Picture option={option} />}
            name={option.name}
            detail={option.detail}
            onChoose={() => model.choose(option)}
          />
        ))}
        {options.length === 0 && <p className={styles["none"]}>{words.none}</p>}
      </div>
      <Hidden>
        <span role="status">{note}</span>
      </Hidden>
    </Dialog>
  );
}

function Picture({ option }: { readonly option: SwitcherOption }) {
  const { name, seed, picture, image, online } = option;
  return <Avatar name={name} seed={seed} of={picture} image={image} online={online} size="small" />;
}

function fieldKey(event: KeyboardEvent<HTMLInputElement>, model: SwitcherViewModel): void {
  if (event.nativeEvent.isComposing) return;
  // What opened it goes on to the next, too.
  if (event.key === "ArrowDown" || isPressed(event, "goTo")) model.moveActive(1);
  else if (event.key === "ArrowUp") model.moveActive(-1);
  else if (event.key === "Enter") model.choose();
  else return;
  event.preventDefault();
}
