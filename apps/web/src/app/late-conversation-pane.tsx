import type { ComponentType } from "react";
import type { ConversationPaneProps } from "../features/conversation/view/conversation-pane.tsx";
import { LatePane } from "./late-part.tsx";

/** What draws an open conversation: the list of them is on the screen without it. */
export const fetchConversationPane = async (): Promise<ComponentType<ConversationPaneProps>> =>
  (await import("../features/conversation/view/conversation-pane.tsx")).ConversationPane;

interface LateConversationPaneProps extends ConversationPaneProps {
  readonly early: ComponentType<ConversationPaneProps> | undefined;
}

/** The open conversation, as soon as what draws it is there. */
export function LateConversationPane({ early, ...props }: LateConversationPaneProps) {
  return <LatePane fetch={fetchConversationPane} early={early} props={props} />;
}
