import type { ConversationViewModel } from "../features/conversation/view-model/conversation-view-model.ts";
import type { SearchPorts } from "../features/search/view-model/search-view-model.ts";
import type { Texts } from "../texts/en.ts";
import { LatePart } from "./late-part.tsx";

export const fetchSearch = async () => (await import("../features/search/view/search-panel.tsx")).SearchPanel;

/** Somebody wants to look for something in a conversation. */
export interface SearchRequest {
  readonly conversation: ConversationViewModel;
  readonly ports: SearchPorts;
  /** How often: again, while it is open, means its field. */
  readonly asked: number;
  /** The day to go to another one from, if that is what is wanted. */
  readonly day: string | undefined;
}

interface OpenSearchProps {
  readonly request: SearchRequest;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** The search in a conversation. Its code is fetched when it is wanted first. */
export function OpenSearch({ request, texts, onClose }: OpenSearchProps) {
  const { conversation, ports, asked, day } = request;
  return (
    <LatePart
      fetch={fetchSearch}
      texts={texts}
      onClose={onClose}
      props={{
        ports,
        asked,
        day,
        texts,
        onChoose: ({ id, ordinal }) => void conversation.going.showMessage(id, ordinal),
        onDay: conversation.going.showFrom,
        onClose,
      }}
    />
  );
}
