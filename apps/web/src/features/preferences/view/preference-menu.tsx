import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import { muteLengths, type PreferenceDeeds, type ShownPreferences } from "../view-model/preference-deeds.ts";

interface PreferenceItemsProps {
  readonly conversation: string;
  readonly preferences: ShownPreferences;
  readonly deeds: PreferenceDeeds;
  readonly texts: Texts;
  /** The person wants to choose for how long. */
  readonly onMute: () => void;
}

/** What a menu of a conversation offers of how it is treated. */
export function PreferenceItems({ conversation, preferences, deeds, texts, onMute }: PreferenceItemsProps) {
  const { pinned, muted, archived } = preferences;
  const words = texts.preferences;
  return (
    <>
      <MenuItem icon="pin" onChoose={() => deeds.pin(conversation, !pinned)}>
        {pinned ? words.unpin : words.pin}
      </MenuItem>
      <MenuItem
        icon={muted ? "bell" : "muted"}
        onChoose={() => (muted ? deeds.mute(conversation, undefined) : onMute())}
      >
        {muted ? words.unmute : words.mute}
      </MenuItem>
      <MenuItem icon="archive" onChoose={() => deeds.archive(conversation, !archived)}>
        {archived ? words.unarchive : words.archive}
      </MenuItem>
    </>
  );
}

interface ClearItemsProps {
  readonly texts: Texts;
  /** The person wants what cannot be taken back, so it is asked first. */
  readonly onClear: (unlists: boolean) => void;
}

/** The last items of such a menu. */
export function ClearItems({ texts, onClear }: ClearItemsProps) {
  const words = texts.preferences;
  return (
    <>
      <MenuItem icon="clear" onChoose={() => onClear(false)}>
        {words.clear}
      </MenuItem>
      <MenuItem icon="delete" danger onChoose={() => onClear(true)}>
        {words.unlist}
      </MenuItem>
    </>
  );
}

interface ClearQuestionProps {
  readonly conversation: string;
  readonly unlists: boolean;
  readonly deeds: PreferenceDeeds;
  readonly texts: Texts;
  readonly onClose: () => void;
}

export function ClearQuestion({ conversation, unlists, deeds, texts, onClose }: ClearQuestionProps) {
  const words = texts.preferences;
  return (
    <ConfirmDialog
      danger
      title={unlists ? words.unlistTitle : words.clearTitle}
      text={unlists ? words.unlistText : words.clearText}
      confirmLabel={unlists ? words.unlistConfirm : words.clearConfirm}
      cancelLabel={texts.common.cancel}
      closeLabel={texts.common.close}
      onConfirm={() => deeds.clear(conversation, unlists)}
      onClose={onClose}
    />
  );
}

interface MuteMenuProps {
  readonly conversation: string;
  readonly anchor: MenuAnchor;
  readonly deeds: PreferenceDeeds;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** For how long. */
export function MuteMenu({ conversation, anchor, deeds, texts, onClose }: MuteMenuProps) {
  const words = texts.preferences;
  return (
    <Menu label={words.muteLabel} anchor={anchor} onClose={onClose}>
      {muteLengths.map((length) => (
        <MenuItem key={length} onChoose={() => deeds.mute(conversation, length)}>
          {words.muteFor[length]}
        </MenuItem>
      ))}
    </Menu>
  );
}
