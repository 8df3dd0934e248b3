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
