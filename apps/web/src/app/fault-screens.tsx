import { Button } from "../design/primitives/button.tsx";
import { EmptyState } from "../design/primitives/empty-state.tsx";
import type { Texts } from "../texts/en.ts";
import styles from "./workspace.module.css";

interface FaultProps {
  readonly fault: string;
  readonly texts: Texts;
}

/** Stands in for the whole app. */
export function AppFault({ fault, texts }: FaultProps) {
  return (
    <main className={styles["fault"]}>
      <EmptyState level={1} icon="warning" title={texts.fault.app} text={texts.fault.kept}>
        <Button look="primary" icon="retry" onClick={() => window.location.reload()}>
          {texts.app.reload}
        </Button>
        <FaultDetails fault={fault} texts={texts} />
      </EmptyState>
    </main>
  );
}

interface ConversationFaultProps extends FaultProps {
  readonly onTryAgain: () => void;
  readonly onBack: () => void;
}

/** Stands in for the open conversation; the others can be used. */
export function ConversationFault({ fault, texts, onTryAgain, onBack }: ConversationFaultProps) {
  return (
    <div className={styles["fault"]} role="alert">
      <EmptyState level={1} icon="warning" title={texts.fault.conversation} text={texts.fault.kept}>
        <Button look="primary" icon="retry" onClick={() => window.location.reload()}>
          {texts.app.reload}
        </Button>
        <Button onClick={onTryAgain}>{texts.fault.tryAgain}</Button>
        <Button look="quiet" onClick={onBack}>
          {texts.conversation.back}
        </Button>
        <FaultDetails fault={fault} texts={texts} />
      </EmptyState>
    </div>
  );
}

/** For whoever can do something about it. */
function FaultDetails({ fault, texts }: FaultProps) {
  return (
    <details className={styles["faultDetails"]}>
      <summary>{texts.fault.details}</summary>
      <code dir="ltr">{fault}</code>
    </details>
  );
}
