import { type ComponentType, useCallback, useEffect, useState } from "react";
import { Button } from "../design/primitives/button.tsx";
import { Dialog } from "../design/primitives/dialog.tsx";
import type { Texts } from "../texts/en.ts";

export interface LatePartProps<Props extends object> {
  /** Stable. The browser keeps what was fetched once. */
  readonly fetch: () => Promise<ComponentType<Props>>;
  readonly props: Props;
  readonly texts: Texts;
  readonly onClose: () => void;
}

type State<Props> = "fetching" | "failed" | { readonly Part: ComponentType<Props> };

/** A part of the app that is fetched when it is wanted first. Where it cannot be had, that is said, and can be tried again. */
export function LatePart<Props extends object>({ fetch, props, texts, onClose }: LatePartProps<Props>) {
  const [state, setState] = useState<State<Props>>("fetching");
  const attempt = useCallback(() => {
    setState("fetching");
    fetch().then(
      (Part) => setState({ Part }),
      () => setState("failed"),
    );
  }, [fetch]);
  useEffect(attempt, [attempt]);
  if (state === "fetching") return null;
  if (state !== "failed") return <state.Part {...props} />;
  return (
    <Dialog
      size="small"
      title={texts.latePart.title}
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={attempt}>
          {texts.common.retry}
        </Button>
      }
    >
      <p>{texts.latePart.text}</p>
    </Dialog>
  );
}
