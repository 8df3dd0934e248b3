import { type FormEvent, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Choice } from "../../../design/primitives/choice.tsx";
import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { Switch } from "../../../design/primitives/switch.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { GroupInvitesViewModel, InviteLine, NewInvite } from "../view-model/group-invites-view-model.ts";
import dialog from "./group-info-dialog.module.css";
import styles from "./group-invites.module.css";

interface PartProps {
  readonly model: GroupInvitesViewModel;
  readonly texts: Texts;
}

/** The links by which people join: those there are, and the way to another one. */
export function GroupInvites({ model, texts }: PartProps) {
  const { lines, making } = useObservable(model);
  const [revoking, setRevoking] = useState<InviteLine>();
  const words = texts.invites;
  return (
    <section aria-label={words.title}>
      <div className={dialog["heading"]}>
        <h3 className={dialog["count"]}>{words.title}</h3>
        {making === undefined && (
          <Button look="quiet" icon="add" onClick={model.start}>
            {words.make}
          </Button>
        )}
      </div>
      {making !== undefined && <MakingInvite model={model} making={making} texts={texts} />}
      {lines.length === 0 && making === undefined && <p className={styles["note"]}>{words.none}</p>}
      <ul className={styles["links"]}>
        {lines.map((line) => (
          <InviteItem key={line.id} line={line} model={model} texts={texts} onRevoke={() => setRevoking(line)} />
        ))}
      </ul>
      {revoking !== undefined && (
        <ConfirmDialog
          danger
          title={words.revokeTitle(revoking.name)}
          text={words.revokeText}
          confirmLabel={words.revokeConfirm}
          cancelLabel={texts.common.cancel}
          closeLabel={texts.common.close}
          onConfirm={() => void model.revoke(revoking.id)}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </section>
  );
}

function MakingInvite({ model, making, texts }: PartProps & { readonly making: NewInvite }) {
  const words = texts.invites;
  const save = (event: FormEvent) => {
    event.preventDefault();
    void model.save();
  };
  return (
    <form className={dialog["adding"]} onSubmit={save}>
      <TextField
        autoFocus
        label={words.label}
        hint={words.labelHint}
        value={making.label}
        maxLength={model.longestLabel}
        onValue={(label) => model.change({ label })}
      />
      <Choice
        label={words.lifetime}
        value={making.lifetime}
        options={model.lifetimes.map((value) => ({ value, label: words.lifetimes[value] }))}
        onValue={(lifetime) => model.change({ lifetime })}
      />
      <TextField
        label={words.maxUses}
        hint={words.maxUsesHint}
        error={making.error}
        inputMode="numeric"
        value={making.maxUses}
        onValue={(maxUses) => model.change({ maxUses })}
      />
      <Switch
        label={words.approval}
        help={words.approvalHelp}
        on={making.needsApproval}
        onChange={(needsApproval) => model.change({ needsApproval })}
      />
      <div className={dialog["buttons"]}>
        <Button onClick={model.stop}>{texts.common.cancel}</Button>
        <Button type="submit" look="primary">
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function InviteItem({
  line: { name, detail, state, link, works },
  model,
  texts,
  onRevoke,
}: PartProps & { readonly line: InviteLine; readonly onRevoke: () => void }) {
  const words = texts.invites;
  return (
    <li className={styles["link"]}>
      <p className={styles["name"]} dir="auto">
        {name}
      </p>
      <p className={styles["note"]}>{detail}</p>
      {state !== "" && <p className={styles["state"]}>{state}</p>}
      {works && link === undefined && <p className={styles["note"]}>{words.elsewhere}</p>}
      {works && (
        <div className={styles["deeds"]}>
          {link !== undefined && (
            <>
              <input
                className={styles["address"]}
                aria-label={words.link(name)}
                readOnly
                value={link}
                dir="ltr"
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button icon="copy" aria-label={words.copyNamed(name)} onClick={() => void model.copy(link)}>
                {words.copy}
              </Button>
            </>
          )}
          <Button look="quiet" aria-label={words.revokeNamed(name)} onClick={onRevoke}>
            {words.revoke}
          </Button>
        </div>
      )}
    </li>
  );
}
