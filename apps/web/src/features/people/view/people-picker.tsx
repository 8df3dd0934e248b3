import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { ComboboxInput } from "../../../design/primitives/combobox-input.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { ListOption } from "../../../design/primitives/list-option.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { PeoplePickerViewModel } from "../view-model/people-picker-view-model.ts";
import type { Person } from "../view-model/person.ts";
import styles from "./people-picker.module.css";

export interface PeoplePickerProps {
  readonly model: PeoplePickerViewModel;
  readonly texts: Texts;
  /** Enter, with nothing left to choose. */
  readonly onDone: () => void;
}

/** A combobox that takes several people; those chosen stand before the field and can be removed. */
export function PeoplePicker({ model, texts, onDone }: PeoplePickerProps) {
  const { query, chosen, options, active, searching, unreachable } = useObservable(model);
  const words = texts.newConversation;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // Also where it appears within a dialog that is open already.
  useEffect(() => field.current?.focus(), []);
  const note = noteFor(searching, unreachable, options.length, texts);
  const choose = (person: Person) => {
    model.choose(person);
    field.current?.focus();
  };
  return (
    <div className={styles["picker"]}>
      <label className={styles["label"]} htmlFor={id}>
        {words.people}
      </label>
      <div className={styles["field"]}>
        {chosen.map((person) => (
          <Chip
            key={person.account}
            person={person}
            texts={texts}
            onRemove={() => {
              model.remove(person.account);
              field.current?.focus();
            }}
          />
        ))}
        <ComboboxInput
          ref={field}
          id={id}
          className={styles["input"]}
          list={`${id}-options`}
          expanded={options.length > 0}
          option={active >= 0 ? `${id}-${active}` : undefined}
          placeholder={chosen.length === 0 ? words.peopleHint : ""}
          value={query}
          onChange={(event) => model.setQuery(event.currentTarget.value)}
          onKeyDown={(event) => pickerKey(event, model, onDone)}
        />
      </div>
      <div id={`${id}-options`} role="listbox" aria-label={words.people} className={styles["options"]}>
        {options.map((person, index) => (
          <ListOption
            key={person.account}
            id={`${id}-${index}`}
            active={index === active}
            picture={<Avatar name={person.displayName} seed={person.account} size="small" />}
            name={model.isSelf(person) ? words.self(person.displayName) : person.displayName}
            detail={`@${person.userName}`}
            description={person.userName}
            onChoose={() => choose(person)}
          />
        ))}
      </div>
      <p className={styles["note"]} role="status">
        {note}
      </p>
    </div>
  );
}

interface ChipProps {
  readonly person: Person;
  readonly texts: Texts;
  readonly onRemove: () => void;
}

function Chip({ person, texts, onRemove }: ChipProps) {
  return (
    <span className={styles["chip"]}>
      {person.displayName}
      <button type="button" aria-label={texts.newConversation.remove(person.displayName)} onClick={onRemove}>
        <Icon name="close" size="0.875rem" />
      </button>
    </span>
  );
}

function pickerKey(event: KeyboardEvent<HTMLInputElement>, model: PeoplePickerViewModel, done: () => void): void {
  if (event.nativeEvent.isComposing) return;
  const { query, active } = model.get();
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    model.moveActive(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    model.chooseActive();
  } else if (event.key === "Enter" && query === "") {
    event.preventDefault();
    done();
  } else if (event.key === "Backspace" && query === "") {
    model.removeLast();
  }
}

function noteFor(searching: boolean, unreachable: boolean, found: number, texts: Texts): string {
  const words = texts.newConversation;
  if (unreachable) return words.unreachable;
  if (found > 0) return "";
  return searching ? words.searching : words.nobody;
}
