import { type ReactNode, useState } from "react";
import { Avatar } from "../src/design/primitives/avatar.tsx";
import { type AvatarImageSource, AvatarImages } from "../src/design/primitives/avatar-images.ts";
import { Badge } from "../src/design/primitives/badge.tsx";
import { Button } from "../src/design/primitives/button.tsx";
import { EmptyState } from "../src/design/primitives/empty-state.tsx";
import { Icon, iconNames } from "../src/design/primitives/icon.tsx";
import { IconButton } from "../src/design/primitives/icon-button.tsx";
import { MessageLink } from "../src/design/primitives/message-link.tsx";
import { PersonRow } from "../src/design/primitives/person-row.tsx";
import { Spinner } from "../src/design/primitives/spinner.tsx";
import { StatusIcon } from "../src/design/primitives/status-icon.tsx";
import { EmojiPopover } from "../src/features/emoji/view/emoji-popover.tsx";
import { Emojis } from "../src/features/emoji/view-model/emojis.ts";
import { fetchEmojis } from "../src/platform/fetch-emojis.ts";
import { LocalEmojiMemory } from "../src/platform/local-emoji-memory.ts";
import { en } from "../src/texts/en.ts";
import { demoPeople } from "./demo/demo-people.ts";
import { GalleryFields } from "./gallery-fields.tsx";
import { GalleryOverlays } from "./gallery-overlays.tsx";
import styles from "./gallery-page.module.css";

const looks = ["primary", "secondary", "quiet", "danger"] as const;
const sizes = ["small", "medium", "large", "huge"] as const;
const statuses = ["waiting", "sending", "sent", "delivered", "read", "failed"] as const;
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

const aMessage = {
  author: "Suki Vance",
  place: "Night Ferry Choir",
  time: "14:02",
  fullTime: "Today at 14:02",
  text: "The second verse, once more from the top?",
  onChoose: () => undefined,
};

/** What a group might have chosen, and something that is no image. */
const leaf =
  '<svg xmlns="http://www.w3.org/2000/svg"><rect width="256" height="256" fill="#dfe9c8"/><circle cx="128" cy="150" r="90" fill="#4f8a3c"/></svg>';
const images: AvatarImageSource = {
  draw: () => () => undefined,
  urlOf: (_, image) => (image === "picture" ? `data:image/svg+xml,${encodeURIComponent(leaf)}` : "data:image/jpeg,no"),
};

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
        <AvatarImages value={images}>
          {sizes.map((size) => (
            <Avatar key={size} name="A group" seed="group" of="group" image="picture" size={size} />
          ))}
          <Avatar name="A group" seed="group" of="group" image="broken" />
        </AvatarImages>
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
      <Section title="Messages outside of their conversations">
        <MessageLink {...aMessage} />
        <MessageLink {...aMessage} unread />
        <MessageLink {...aMessage} due />
        <MessageLink {...aMessage} author="" text="This message was deleted" quiet disabled />
      </Section>
      <Section title="Badges, status, progress">
        {[1, 12, 128, 4096].map((count) => (
          <Badge key={count} count={count} label={`${count} unread`} />
        ))}
        <Badge quiet count={12} label="12 unread, muted" />
        <Badge count={3} sign="@" label="3 mentions" />
        <Badge quiet count={3} sign="@" label="3 mentions, muted" />
        {statuses.map((status) => (
          <StatusIcon key={status} status={status} label={status} />
        ))}
        <Spinner />
      </Section>
      <Section title="Fields">
        <GalleryFields />
      </Section>
      <Section title="Dialog, menu, toast">
        <GalleryOverlays />
      </Section>
      <Section title="Emojis">
        <EmojiChoice />
      </Section>
      <Section title="Empty state">
        <EmptyState icon="compose" title="Nothing here yet" text="What it is for, and what to do next.">
          <Button look="primary">Begin</Button>
        </EmptyState>
        <EmptyState level={1} icon="search" title="Nothing found" text="Where it stands for all that there is." />
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
