import { type FormEvent, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { PeoplePicker } from "../../people/view/people-picker.tsx";
import type { GroupInfoViewModel, GroupMember } from "../view-model/group-info-view-model.ts";
import styles from "./group-info-dialog.module.css";
import { MemberLine } from "./member-line.tsx";

export interface GroupInfoDialogProps {
  readonly model: GroupInfoViewModel;
  readonly texts: Texts;
  readonly onMessage: (account: string) => void;
  readonly onClose: () => void;
}

type Question = { readonly kind: "leave" } | { readonly kind: "remove"; readonly member: GroupMember };

export function GroupInfoDialog({ model, texts, onMessage, onClose }: GroupInfoDialogProps) {
  const { title, newTitle, members, memberCount, rights, adding } = useObservable(model);
  const [question, setQuestion] = useState<Question>();
  const words = texts.group;
  const saveTitle = (event: FormEvent) => {
    event.preventDefault();
    void model.saveTitle();
  };
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      {rights.setTitle ? (
        <form className={styles["title"]} onSubmit={saveTitle}>
          <TextField label={words.name} value={newTitle} maxLength={200} onValue={model.setTitle} />
          {newTitle.trim() !== title && newTitle.trim() !== "" && (
            <Button type="submit" look="primary">
              {words.saveName}
            </Button>
          )}
        </form>
      ) : (
        <h3>{title}</h3>
      )}
      {adding !== undefined && (
        <div className={styles["adding"]}>
          <PeoplePicker model={adding} texts={texts} onDone={() => void model.addChosen()} />
          <div className={styles["buttons"]}>
            <Button onClick={model.stopAdding}>{texts.common.cancel}</Button>
            <Button look="primary" onClick={() => void model.addChosen()}>
              {words.addChosen}
            </Button>
          </div>
        </div>
      )}
      <section aria-label={words.members(memberCount)}>
        <div className={styles["heading"]}>
          <h3 className={styles["count"]}>{words.members(memberCount)}</h3>
          {rights.addMembers && adding === undefined && (
            <Button look="quiet" icon="add" onClick={model.startAdding}>
              {words.add}
            </Button>
          )}
        </div>
        <ul>
          {members.map((member) => (
            <MemberLine
              key={member.account}
              member={member}
              texts={texts}
              onMessage={() => onMessage(member.account)}
              onRemove={() => setQuestion({ kind: "remove", member })}
            />
          ))}
        </ul>
      </section>
      {rights.leave && (
        <div>
          <Button icon="leave" look="quiet" onClick={() => setQuestion({ kind: "leave" })}>
            {words.leave}
          </Button>
        </div>
      )}
      {question !== undefined && (
        <QuestionDialog
          question={question}
          texts={texts}
          onYes={() => void (question.kind === "leave" ? model.leave() : model.remove(question.member.account))}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </Dialog>
  );
}

interface QuestionDialogProps {
  readonly question: Question;
  readonly texts: Texts;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

function QuestionDialog({ question, texts, onYes, onClose }: QuestionDialogProps) {
  const words = texts.group;
  const leaving = question.kind === "leave";
  return (
    <ConfirmDialog
      danger
      title={leaving ? words.leaveTitle : words.removeTitle(question.member.name)}
      text={leaving ? words.leaveText : words.removeText}
      confirmLabel={leaving ? words.leaveConfirm : words.removeConfirm}
      cancelLabel={texts.common.cancel}
      closeLabel={texts.common.close}
      onConfirm={onYes}
      onClose={onClose}
    />
  );
}
