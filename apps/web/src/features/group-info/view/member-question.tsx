import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { GroupInfoViewModel, GroupMember, GroupRole } from "../view-model/group-info-view-model.ts";

/** What is asked about before it is done: what one cannot take back oneself, and what needs to be explained. */
export type MemberQuestion =
  | { readonly kind: "leave"; readonly lastOwner: boolean }
  | { readonly kind: "remove"; readonly member: GroupMember }
  | { readonly kind: "block"; readonly member: GroupMember }
  | { readonly kind: "make-owner"; readonly member: GroupMember }
  | { readonly kind: "step-down"; readonly member: GroupMember; readonly role: GroupRole };

/** The question before somebody gets a role; undefined where it can be taken back. */
export function questionBefore(member: GroupMember, role: GroupRole): MemberQuestion | undefined {
  if (member.self) return { kind: "step-down", member, role };
  return role === "owner" ? { kind: "make-owner", member } : undefined;
}

export interface MemberQuestionDialogProps {
  readonly question: MemberQuestion;
  readonly model: GroupInfoViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

export function MemberQuestionDialog({ question, model, texts, onClose }: MemberQuestionDialogProps) {
  return (
    <ConfirmDialog
      danger={question.kind !== "make-owner"}
      {...wordsOf(question, texts)}
      cancelLabel={texts.common.cancel}
      closeLabel={texts.common.close}
      onConfirm={() => void carryOut(question, model)}
      onClose={onClose}
    />
  );
}

function wordsOf(question: MemberQuestion, { group, blocking }: Texts) {
  switch (question.kind) {
    case "leave":
      return {
        title: group.leaveTitle,
        text: question.lastOwner ? group.leaveLastOwnerText : group.leaveText,
        confirmLabel: group.leaveConfirm,
      };
    case "remove":
      return {
        title: group.removeTitle(question.member.name),
        text: group.removeText,
        confirmLabel: group.removeConfirm,
      };
    case "block":
      return { title: blocking.title(question.member.name), text: blocking.text, confirmLabel: blocking.confirm };
    case "make-owner":
      return {
        title: group.handOverTitle(question.member.name),
        text: group.handOverText,
        confirmLabel: group.handOverConfirm,
      };
    case "step-down":
      return { title: group.stepDownTitle, text: group.stepDownText, confirmLabel: group.stepDownConfirm };
  }
}

function carryOut(question: MemberQuestion, model: GroupInfoViewModel): Promise<void> {
  switch (question.kind) {
    case "leave":
      return model.leave();
    case "remove":
      return model.remove(question.member.account);
    case "block":
      model.block(question.member.account, true);
      return Promise.resolve();
    case "make-owner":
      return model.setRole(question.member.account, "owner");
    case "step-down":
      return model.setRole(question.member.account, question.role);
  }
}
