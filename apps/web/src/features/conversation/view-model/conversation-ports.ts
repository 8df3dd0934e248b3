import type { AccountView, Engine, Observable, PostDraft } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { ShownTimes } from "../../../texts/when-times-change.ts";
import type { Emojis } from "../../emoji/view-model/emojis.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import type { DraftKeeper } from "./draft-keeper.ts";
import type { KeptPlaces } from "./kept-places.ts";

/** What the parts of an open conversation need. */
export interface ConversationPorts extends ShownTimes {
  readonly engine: Engine;
  /** Keeps a message, without waiting, until it is queued. False where that cannot be done. */
  readonly handOff: (post: PostDraft) => boolean;
  readonly account: Observable<AccountView>;
  readonly texts: Texts;
  readonly notices: Notices;
  readonly emojis: Emojis;
  readonly attention: Observable<boolean>;
  readonly keeper: DraftKeeper;
  readonly places: KeptPlaces;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  readonly copyText: (text: string) => Promise<void>;
}
