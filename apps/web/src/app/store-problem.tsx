import { Button } from "../design/primitives/button.tsx";
import { EmptyState } from "../design/primitives/empty-state.tsx";
import type { Texts } from "../texts/en.ts";

export interface StoreProblemProps {
  readonly problem: string;
  readonly texts: Texts;
  readonly onRebuild: () => void;
}

/** The local store cannot be used: why, and the way on. */
export function StoreProblem({ problem, texts, onRebuild }: StoreProblemProps) {
  const words = texts.store;
  return (
    <main>
      <EmptyState level={1} icon="warning" title={words.title} text={words.problems[problem] ?? words.problem}>
        <Button look="primary" icon="retry" onClick={() => window.location.reload()}>
          {texts.app.reload}
        </Button>
        <Button onClick={onRebuild}>{words.rebuild}</Button>
        <p>{words.rebuildText}</p>
      </EmptyState>
    </main>
  );
}
