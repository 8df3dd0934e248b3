import { useState } from "react";
import { Avatar } from "../src/design/primitives/avatar.tsx";
import { Button } from "../src/design/primitives/button.tsx";
import { Choice } from "../src/design/primitives/choice.tsx";
import { ComboboxInput } from "../src/design/primitives/combobox-input.tsx";
import { ListOption } from "../src/design/primitives/list-option.tsx";
import { SearchField } from "../src/design/primitives/search-field.tsx";
import { Switch } from "../src/design/primitives/switch.tsx";
import { TextArea } from "../src/design/primitives/text-area.tsx";
import { TextField } from "../src/design/primitives/text-field.tsx";
import { TickOption } from "../src/design/primitives/tick-option.tsx";
import { demoPeople } from "./demo/demo-people.ts";
import styles from "./gallery-page.module.css";

const LIST = "gallery-options";
const options = demoPeople.slice(0, 2);

/** What one writes into, chooses from and switches, in every state. */
export function GalleryFields() {
  const [text, setText] = useState("Ines Quill");
  const [choice, setChoice] = useState<"one" | "two">("one");
  const [on, setOn] = useState(true);
  const [writing, setWriting] = useState(false);
  const [lines, setLines] = useState("Two lines\nof text");
  return (
    <div className={styles["fields"]}>
      <TextField label="Plain" value={text} onValue={setText} />
      <TextField label="With a hint" hint="What it is for" placeholder="Placeholder" value="" onValue={() => {}} />
      <TextField label="With an error" error="What is wrong and what to do" value="x" onValue={() => {}} />
      <TextField label="Disabled" disabled value="Cannot be changed" onValue={() => {}} />
      <SearchField label="Search" value={text} onValue={setText} />
      {writing ? (
        <TextArea label="Several lines" value={lines} maxLength={500} rows={3} onValue={setLines} />
      ) : (
        <Button onClick={() => setWriting(true)}>Write several lines</Button>
      )}
      <ComboboxInput
        aria-label="Field of a list"
        list={LIST}
        expanded
        option={options[0]?.account}
        defaultValue="The first one is active"
      />
      <div role="listbox" id={LIST} aria-label="Options">
        {options.map(({ account, displayName, userName }, index) => (
          <ListOption
            key={account}
            id={account}
            active={index === 0}
            picture={<Avatar name={displayName} seed={account} size="small" />}
            name={displayName}
            detail={`@${userName}`}
            onChoose={() => {}}
          />
        ))}
      </div>
      <TickOption type="checkbox" checked={on} onTick={setOn}>
        Ticked
      </TickOption>
      <TickOption type="radio" checked={!on} onTick={() => setOn(false)}>
        One of several
      </TickOption>
      <Choice
        label="Choice"
        value={choice}
        options={[
          { value: "one", label: "One" },
          { value: "two", label: "Two" },
        ]}
        onValue={setChoice}
      />
      <Switch label="Switch" help="What it does" on={on} onChange={setOn} />
      <Switch label="Switch, disabled" on={false} disabled onChange={() => {}} />
      <Switch label="Switch, on and disabled" on disabled onChange={() => {}} />
    </div>
  );
}
