import type { ReactNode } from "react";
import type { Block, Inline, LinesBlock, ListBlock } from "../../../rich-text/rich-text.ts";
import { directionOfBlock } from "../../../rich-text/text-direction.ts";
import styles from "./message-text.module.css";

const CLOSE_ISOLATE = "\u2069";

export interface MessageTextProps {
  readonly blocks: readonly Block[];
  /** Stands behind the last word, or on a line of its own; false for nothing. */
  readonly end: ReactNode;
}

/** What a message says, in elements of its forms and no others: nothing of a text is ever taken for HTML. */
export function MessageText({ blocks, end }: MessageTextProps) {
  const inLastLine = blocks.at(-1)?.kind === "lines";
  return (
    <>
      <Blocks blocks={blocks} end={inLastLine ? end : undefined} />
      {!inLastLine && end !== false && <p className={styles["end"]}>{end}</p>}
    </>
  );
}

function Blocks({ blocks, end }: { readonly blocks: readonly Block[]; readonly end?: ReactNode }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
    <OneBlock key={index} block={block} end={index === blocks.length - 1 ? end : undefined} />
  ));
}

function OneBlock({ block, end }: { readonly block: Block; readonly end: ReactNode }) {
  switch (block.kind) {
    case "lines":
      return <Lines block={block} end={end} />;
    case "code":
      return (
        <pre className={styles["code"]} dir="ltr" data-language={block.language || undefined}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote className={styles["quote"]} dir={directionOfBlock(block)}>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case "list":
      return <List block={block} />;
  }
}

function Lines({ block, end }: { readonly block: LinesBlock; readonly end: ReactNode }) {
  return (
    <p className={styles["lines"]} dir={block.direction ?? "auto"}>
      <span className={styles["written"]}>
        {block.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
          <Line key={index} inlines={line} ends={index < block.lines.length - 1} />
        ))}
        {block.openIsolates > 0 && (
          <span className={styles["closing"]} data-closing={CLOSE_ISOLATE.repeat(block.openIsolates)} />
        )}
      </span>
      {end}
    </p>
  );
}

function Line({ inlines, ends }: { readonly inlines: readonly Inline[]; readonly ends: boolean }) {
  return (
    <>
      <Inlines inlines={inlines} />
      {ends && "\n"}
    </>
  );
}

function List({ block }: { readonly block: ListBlock }) {
  const numbered = block.items[0]?.number !== undefined;
  const items = block.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
    <li key={index} value={item.number}>
      <Blocks blocks={item.blocks} />
    </li>
  ));
  const direction = directionOfBlock(block);
  return numbered ? (
    <ol className={styles["list"]} dir={direction}>
      {items}
    </ol>
  ) : (
    <ul className={styles["list"]} dir={direction}>
      {items}
    </ul>
  );
}

function Inlines({ inlines }: { readonly inlines: readonly Inline[] }) {
  return inlines.map((inline, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
    inline.kind === "text" ? inline.text : <OneInline key={index} inline={inline} />,
  );
}

function OneInline({ inline }: { readonly inline: Inline }) {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "strong":
      return (
        <strong className={styles["strong"]}>
          <Inlines inlines={inline.inlines} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines inlines={inline.inlines} />
        </em>
      );
    case "struck":
      return (
        <s>
          <Inlines inlines={inline.inlines} />
        </s>
      );
    case "code":
      return <code className={styles["inlineCode"]}>{inline.text}</code>;
    case "link":
      return <Link address={inline.text} />;
    case "mention":
      return <Mention person={inline.person} />;
  }
}

/** Letters of a host can look like others; then the name that is really asked for is told. */
function Link({ address }: { readonly address: string }) {
  const { host } = new URL(address);
  const plain = address.toLowerCase().includes(host);
  return (
    <a
      className={styles["link"]}
      href={address}
      dir="ltr"
      target="_blank"
      rel="noopener noreferrer"
      data-tip={plain ? undefined : host}
    >
      {address}
    </a>
  );
}

function Mention({ person }: { readonly person: (Inline & { readonly kind: "mention" })["person"] }) {
  const { account, displayName, userName, me } = person;
  const name = <bdi>{displayName}</bdi>;
  if (me) {
    return (
      <strong className={styles["mention"]} data-me="" data-tip={`@${userName}`}>
        @{name}
      </strong>
    );
  }
  return (
    <button
      type="button"
      className={styles["mention"]}
      data-action="person"
      data-account={account}
      data-name={displayName}
      data-tip={`@${userName}`}
      aria-description={`@${userName}`}
      aria-haspopup="menu"
    >
      @{name}
    </button>
  );
}
