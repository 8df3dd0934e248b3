import { threadConversationId } from "@parley/protocol";
import type { ConversationPorts } from "./conversation-ports.ts";
import { ConversationViewModel } from "./conversation-view-model.ts";
import type { OpenedThread } from "./opened-thread.ts";
import { RootMessage } from "./root-message.ts";

/** A thread that is open beside its conversation. */
export class ThreadModel {
  readonly place: OpenedThread;
  readonly model: ConversationViewModel;
  readonly root: RootMessage;

  constructor(place: OpenedThread, ports: ConversationPorts) {
    this.place = place;
    this.root = new RootMessage(place, ports);
    const id = threadConversationId(place.conversation, place.root);
    this.model = new ConversationViewModel(id, ports, place, () => this.root.people);
  }

  dispose = (): void => {
    this.model.dispose();
    this.root.dispose();
  };
}
