import { useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import type { Texts } from "../../../texts/en.ts";
import { BlockQuestion } from "../../blocking/view/block-item.tsx";
import type { BlockablePerson } from "../../blocking/view-model/blockable-person.ts";
import type { ConversationHeader } from "../view-model/conversation-header.ts";
import styles from "./request-note.module.css";

export interface RequestNoteProps {
  readonly request: NonNullable<ConversationHeader["request"]>;
  readonly person: BlockablePerson;
  readonly texts: Texts;
  readonly onAnswer: (accept: boolean) => void;
  readonly onBlock: () => void;
}

/** Says above the composer that the conversation is a message request, and what one can do about it; an answer accepts it, too. */
export function RequestNote({ request, person, texts, onAnswer, onBlock }: RequestNoteProps) {
  const [blocking, setBlocking] = useState(false);
  const words = texts.requests;
  return (
    <section className={styles["note"]} aria-label={words.preview}>
      <p>{words[request](person.name)}</p>
      {request !== "sent" && (
        <div className={styles["answers"]}>
          <Button look="primary" onClick={() => onAnswer(true)}>
            {words.accept}
          </Button>
          {request === "open" && <Button onClick={() => onAnswer(false)}>{words.decline}</Button>}
          <Button look="quiet" onClick={() => setBlocking(true)}>
            {texts.blocking.block}
          </Button>
        </div>
      )}
      {blocking && <BlockQuestion person={person} texts={texts} onBlock={onBlock} onClose={() => setBlocking(false)} />}
    </section>
  );
}
