import { Button } from "../../../design/primitives/button.tsx";
import { PersonRow } from "../../../design/primitives/person-row.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { BlockedItem } from "../view-model/blocked-item.ts";
import styles from "./blocked-people.module.css";

export interface BlockedPeopleProps {
  readonly people: readonly BlockedItem[];
  readonly texts: Texts;
  readonly onUnblock: (account: string) => void;
}

/** Whom one blocks. */
export function BlockedPeople({ people, texts, onUnblock }: BlockedPeopleProps) {
  const words = texts.blocking;
  return (
    <section aria-label={words.people}>
      <h3 className={styles["heading"]}>{words.people}</h3>
      {people.length === 0 && <p className={styles["help"]}>{words.nobody}</p>}
      <ul>
        {people.map(({ account, name, detail }) => (
          <PersonRow key={account} name={name} seed={account} label={name} online={false} detail={detail}>
            <Button look="quiet" aria-label={words.unblockNamed(name)} onClick={() => onUnblock(account)}>
              {words.unblock}
            </Button>
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
