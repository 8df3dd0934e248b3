import type { AccountView, Clock, Engine, Observable } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import type { DraftKeeper } from "./draft-keeper.ts";

/** What the parts of an open conversation need. */
export interface ConversationPorts {
  readonly engine: Engine;
  readonly account: Observable<AccountView>;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Notices;
  readonly attention: Observable<boolean>;
  readonly keeper: DraftKeeper;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  readonly copyText: (text: string) => Promise<void>;
}
