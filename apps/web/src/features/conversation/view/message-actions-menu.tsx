import { useState } from "react";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationViewModel } from "../view-model/conversation-view-model.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { MessageMenu } from "./message-menu.tsx";

export interface MessageActionsMenuProps {
  readonly model: ConversationViewModel;
  readonly texts: Texts;
  /** The message whose menu is open. */
  readonly menu: { readonly id: string; readonly anchor: MenuAnchor } | undefined;
  readonly onClose: () => void;
}

/** The menu of one message, and the question before it is deleted. */
export function MessageActionsMenu({ model, texts, menu, onClose }: MessageActionsMenuProps) {
  const [deleting, setDeleting] = useState<string>();
  const actions = menu === undefined ? undefined : model.actionsFor(menu.id);
  return (
    <>
      {menu !== undefined && actions !== undefined && (
        <MessageMenu
          actions={actions}
          anchor={menu.anchor}
          texts={texts}
          onReact={(emoji, set) => model.react(menu.id, emoji, set)}
          onEdit={() => model.startEdit(menu.id)}
          onCopy={() => void model.copy(menu.id)}
          onDelete={() => setDeleting(menu.id)}
          onClose={onClose}
        />
      )}
      {deleting !== undefined && (
        <DeleteDialog
          texts={texts}
          onDelete={() => model.deleteForEveryone(deleting)}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  );
}
