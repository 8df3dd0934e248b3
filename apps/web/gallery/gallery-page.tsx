import { type ReactNode, useState } from "react";
import { Avatar } from "../src/design/primitives/avatar.tsx";
import { Badge } from "../src/design/primitives/badge.tsx";
import { Button } from "../src/design/primitives/button.tsx";
import { Choice } from "../src/design/primitives/choice.tsx";
import { ConfirmDialog } from "../src/design/primitives/confirm-dialog.tsx";
import { Dialog } from "../src/design/primitives/dialog.tsx";
import { EmptyState } from "../src/design/primitives/empty-state.tsx";
import { Icon, iconNames } from "../src/design/primitives/icon.tsx";
import { IconButton } from "../src/design/primitives/icon-button.tsx";
import { ListOption } from "../src/design/primitives/list-option.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../src/design/primitives/menu.tsx";
import { PersonRow } from "../src/design/primitives/person-row.tsx";
import { SearchField } from "../src/design/primitives/search-field.tsx";
import { Spinner } from "../src/design/primitives/spinner.tsx";
import { StatusIcon } from "../src/design/primitives/status-icon.tsx";
import { Switch } from "../src/design/primitives/switch.tsx";
import { TextField } from "../src/design/primitives/text-field.tsx";
import { Toast } from "../src/design/primitives/toast.tsx";
import { EmojiPopover } from "../src/features/emoji/view/emoji-popover.tsx";
import { Emojis } from "../src/features/emoji/view-model/emojis.ts";
import { fetchEmojis } from "../src/platform/fetch-emojis.ts";
import { LocalEmojiMemory } from "../src/platform/local-emoji-memory.ts";
import { en } from "../src/texts/en.ts";
import { demoPeople } from "./demo/demo-people.ts";
import styles from "./gallery-page.module.css";

const looks = ["primary", "secondary", "quiet", "danger"] as const;
const sizes = ["small", "medium", "large", "huge"] as const;
const statuses = ["sending", "sent", "delivered", "read", "failed"] as const;
const surfaces = [
  "canvas",
  "surface",
  "surface-raised",
  "surface-sunken",
  "surface-selected",
  "accent",
  "accent-soft",
  "bubble-own",
];

export function GalleryPage() {
  return (
    <main className={styles["page"]}>
      <h1 className={styles["title"]}>Parley: the design system</h1>
      <Section title="Colours">
        {surfaces.map((name) => (
          <span key={name} className={styles["colour"]} data-name={name}>
            {name}
          </span>
        ))}
      </Section>
      <Section title="Type">
        <p className={styles["display"]}>Display</p>
        <p className={styles["heading"]}>Heading</p>
        <p className={styles["subtitle"]}>Title</p>
        <p>Body text, with a second thought after the comma.</p>
        <p className={styles["muted"]}>Small and muted</p>
      </Section>
      <Section title="Buttons">
        {looks.map((look) => (
          <Buttons key={look} look={look} />
        ))}
      </Section>
      <Section title="Icon buttons and icons">
        <IconButton icon="settings" label="Quiet" />
        <IconButton icon="settings" label="Quiet, disabled" disabled />
        <IconButton icon="send" look="filled" label="Filled" />
        <IconButton icon="send" look="filled" label="Filled, disabled" disabled />
        <IconButton icon="close" small label="Small" />
        {iconNames.map((name) => (
          <Icon key={name} name={name} />
        ))}
      </Section>
      <Section title="Avatars">
        {sizes.map((size) => (
          <Avatar key={size} name="Suki Vance" seed={`seed-${size}`} size={size} online={size !== "small"} />
        ))}
        {demoPeople.map((person) => (
          <Avatar key={person.account} name={person.displayName} seed={person.account} />
        ))}
        <Avatar name="A group" seed="group" of="group" />
        <Avatar name="Notes" seed="notes" of="notes" />
      </Section>
      <Section title="People">
        <ul className={styles["people"]}>
          <PersonRow name="Suki Vance" seed="seed-suki" online detail="@suki.vance · Online">
            <IconButton small icon="compose" label="Write to Suki Vance" />
          </PersonRow>
          <PersonRow name="Bram Otterly of the Night Ferry Choir" seed="seed-bram" tip="The whole of it">
            <span className={styles["muted"]}>Yesterday</span>
          </PersonRow>
        </ul>
      </Section>
      <Section title="Badges, status, progress">
        {[1, 12, 128, 4096].map((count) => (
          <Badge key={count} count={count} label={`${count} unread`} />
        ))}
        <Badge quiet count={12} label="12 unread, muted" />
        {statuses.map((status) => (
          <StatusIcon key={status} status={status} label={status} />
        ))}
        <Spinner />
      </Section>
      <Section title="Fields">
        <Fields />
      </Section>
      <Section title="Dialog, menu, toast">
        <Overlays />
      </Section>
      <Section title="Emojis">
        <EmojiChoice />
      </Section>
      <Section title="Empty state">
        <EmptyState icon="compose" title="Nothing here yet" text="What it is for, and what to do next.">
          <Button look="primary">Begin</Button>
        </EmptyState>
      </Section>
    </main>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles["section"]} aria-label={title}>
      <h2 className={styles["name"]}>{title}</h2>
      <div className={styles["items"]}>{children}</div>
    </section>
  );
}

function Buttons({ look }: { readonly look: (typeof looks)[number] }) {
  return (
    <>
      <Button look={look}>{look}</Button>
      <Button look={look} icon="add">
        With icon
      </Button>
      <Button look={look} busy>
        Busy
      </Button>
      <Button look={look} disabled>
        Disabled
      </Button>
    </>
  );
}

function Fields() {
  const [text, setText] = useState("Ines Quill");
  const [choice, setChoice] = useState<"one" | "two">("one");
  const [on, setOn] = useState(true);
  return (
    <div className={styles["fields"]}>
      <TextField label="Plain" value={text} onValue={setText} />
      <TextField label="With a hint" hint="What it is for" placeholder="Placeholder" value="" onValue={() => {}} />
      <TextField label="With an error" error="What is wrong and what to do" value="x" onValue={() => {}} />
      <TextField label="Disabled" disabled value="Cannot be changed" onValue={() => {}} />
      <SearchField label="Search" value={text} onValue={setText} />
      <div role="listbox" aria-label="Options">
        {demoPeople.slice(0, 2).map(({ account, displayName, userName }) => (
          <ListOption
            key={account}
            id={account}
            active={false}
            picture={<Avatar name={displayName} seed={account} size="small" />}
            name={displayName}
            detail={`@${userName}`}
            onChoose={() => {}}
          />
        ))}
      </div>
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
    </div>
  );
}

function EmojiChoice() {
  const [emojis] = useState(
    () =>
      new Emojis(
        () => fetchEmojis(document, { emojiWords: async () => undefined }),
        new LocalEmojiMemory(localStorage, "gallery"),
      ),
  );
  const [beside, setBeside] = useState<HTMLElement>();
  const [chosen, setChosen] = useState("🙂");
  return (
    <>
      <Button onClick={(event) => setBeside(event.currentTarget)}>Choose an emoji</Button>
      <span>{chosen}</span>
      {beside !== undefined && (
        <EmojiPopover
          emojis={emojis}
          anchor={beside}
          texts={en}
          onChoose={(emoji) => {
            setChosen(emoji);
            setBeside(undefined);
          }}
          onClose={() => setBeside(undefined)}
        />
      )}
    </>
  );
}

function Overlays() {
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [menu, setMenu] = useState<MenuAnchor>();
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open the dialog</Button>
      <Button onClick={() => setAsking(true)}>Ask a question</Button>
      <Button onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}>Open the menu</Button>
      <Toast kind="note" text="Copied" dismissLabel="Dismiss" onDismiss={() => {}} />
      <Toast kind="problem" text="That could not be saved. Try again." dismissLabel="Dismiss" onDismiss={() => {}} />
      {open && (
        <Dialog
          title="A dialog"
          closeLabel="Close"
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button look="primary">Do it</Button>
            </>
          }
        >
          <p>What is asked.</p>
        </Dialog>
      )}
      {asking && (
        <ConfirmDialog
          danger
          title="Delete it?"
          text="It cannot be taken back."
          confirmLabel="Delete"
          cancelLabel="Cancel"
          closeLabel="Close"
          onConfirm={() => {}}
          onClose={() => setAsking(false)}
        />
      )}
      {menu !== undefined && (
        <Menu label="A menu" anchor={menu} onClose={() => setMenu(undefined)}>
          <MenuItem icon="edit" onChoose={() => {}}>
            Edit
          </MenuItem>
          <MenuItem icon="delete" danger onChoose={() => {}}>
            Delete
          </MenuItem>
        </Menu>
      )}
    </>
  );
}
