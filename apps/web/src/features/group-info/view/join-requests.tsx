import { Button } from "../../../design/primitives/button.tsx";
import { PersonRow } from "../../../design/primitives/person-row.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { GroupInvitesViewModel } from "../view-model/group-invites-view-model.ts";
import styles from "./group-info-dialog.module.css";

/** Who waits to be let in; nothing where nobody does. */
export function JoinRequests({ model, texts }: { readonly model: GroupInvitesViewModel; readonly texts: Texts }) {
  const { requests } = useObservable(model);
  const words = texts.joinRequests;
  if (requests.length === 0) return null;
  return (
    <section aria-label={words.title(requests.length)}>
      <div className={styles["heading"]}>
        <h3 className={styles["count"]}>{words.title(requests.length)}</h3>
      </div>
      <ul>
        {requests.map(({ account, name, detail }) => (
          <PersonRow key={account} name={name} seed={account} detail={detail}>
            <Button
              look="quiet"
              aria-label={words.declineNamed(name)}
              onClick={() => void model.answer(account, false)}
            >
              {words.decline}
            </Button>
            <Button
              look="primary"
              aria-label={words.acceptNamed(name)}
              onClick={() => void model.answer(account, true)}
            >
              {words.accept}
            </Button>
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
