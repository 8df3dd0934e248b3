import { type FormEvent, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { PeoplePicker } from "../../people/view/people-picker.tsx";
import type { PeoplePickerViewModel } from "../../people/view-model/people-picker-view-model.ts";
import type { GroupInfoViewModel } from "../view-model/group-info-view-model.ts";
import { GroupDescription } from "./group-description.tsx";
import styles from "./group-info-dialog.module.css";
import { GroupInvites } from "./group-invites.tsx";
import { GroupPicture } from "./group-picture.tsx";
import { JoinRequests } from "./join-requests.tsx";
import { MemberLine } from "./member-line.tsx";
import type { MemberDeeds } from "./member-menu.tsx";
import { type MemberQuestion, MemberQuestionDialog, questionBefore } from "./member-question.tsx";

export interface GroupInfoDialogProps {
  readonly model: GroupInfoViewModel;
  readonly texts: Texts;
  readonly onMessage: (account: string) => void;
  readonly onClose: () => void;
}

export function GroupInfoDialog({ model, texts, onMessage, onClose }: GroupInfoDialogProps) {
  const { description, newDescription, members, memberCount, rights, lastOwner, adding } = useObservable(model);
  const [question, setQuestion] = useState<MemberQuestion>();
  const words = texts.group;
  const deeds: MemberDeeds = {
    remove: (member) => setQuestion({ kind: "remove", member }),
    block: (member, blocked) => {
      if (blocked) setQuestion({ kind: "block", member });
      else model.block(member.account, false);
    },
    setRole: (member, role) => {
      const asked = questionBefore(member, role);
      if (asked === undefined) void model.setRole(member.account, role);
      else setQuestion(asked);
    },
  };
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <GroupPicture model={model} texts={texts} />
      <GroupTitle model={model} texts={texts} />
      <GroupDescription
        model={model}
        description={description}
        draft={newDescription}
        editable={rights.setDescription}
        texts={texts}
      />
      <JoinRequests model={model.invites} texts={texts} />
      {adding !== undefined && <AddingPeople model={model} adding={adding} texts={texts} />}
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
              deeds={deeds}
            />
          ))}
        </ul>
      </section>
      {rights.inviteByLink && <GroupInvites model={model.invites} texts={texts} />}
      {rights.leave && (
        <div>
          <Button icon="leave" look="quiet" onClick={() => setQuestion({ kind: "leave", lastOwner })}>
            {words.leave}
          </Button>
        </div>
      )}
      {question !== undefined && (
        <MemberQuestionDialog question={question} model={model} texts={texts} onClose={() => setQuestion(undefined)} />
      )}
    </Dialog>
  );
}

interface PartProps {
  readonly model: GroupInfoViewModel;
  readonly texts: Texts;
}

function GroupTitle({ model, texts }: PartProps) {
  const { title, newTitle, rights } = useObservable(model);
  if (!rights.setTitle) return <h3>{title}</h3>;
  const save = (event: FormEvent) => {
    event.preventDefault();
    void model.saveTitle();
  };
  return (
    <form className={styles["title"]} onSubmit={save}>
      <TextField label={texts.group.name} value={newTitle} maxLength={200} onValue={model.setTitle} />
      {newTitle.trim() !== title && newTitle.trim() !== "" && (
        <Button type="submit" look="primary">
          {texts.group.saveName}
        </Button>
      )}
    </form>
  );
}

function AddingPeople({ model, adding, texts }: PartProps & { readonly adding: PeoplePickerViewModel }) {
  return (
    <div className={styles["adding"]}>
      <PeoplePicker model={adding} texts={texts} onDone={() => void model.addChosen()} />
      <div className={styles["buttons"]}>
        <Button onClick={model.stopAdding}>{texts.common.cancel}</Button>
        <Button look="primary" onClick={() => void model.addChosen()}>
          {texts.group.addChosen}
        </Button>
      </div>
    </div>
  );
}
