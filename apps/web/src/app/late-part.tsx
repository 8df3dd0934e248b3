import { type ComponentType, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../design/primitives/button.tsx";
import { Dialog } from "../design/primitives/dialog.tsx";
import type { Texts } from "../texts/en.ts";

export interface LatePartProps<Props extends object> {
  /** Stable. The browser keeps what was fetched once. */
  readonly fetch: () => Promise<ComponentType<Props>>;
  /** If it was fetched before: then it is there at once. */
  readonly early?: ComponentType<Props> | undefined;
  readonly props: Props;
  readonly texts: Texts;
  readonly onClose: () => void;
}

type State<Props> = "fetching" | "failed" | { readonly Part: ComponentType<Props> };

/** A part of the app that is fetched when it is wanted first. Where it cannot be had, that is said, and can be tried again. */
export function LatePart<Props extends object>({ fetch, early, props, texts, onClose }: LatePartProps<Props>) {
  const [state, attempt] = useLate(fetch, early);
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

export type LatePaneProps<Props extends object> = Pick<LatePartProps<Props>, "fetch" | "early" | "props">;

/** As LatePart, for what takes the place of nothing else: what goes wrong is for the boundary around it, and so is trying again. */
export function LatePane<Props extends object>({ fetch, early, props }: LatePaneProps<Props>) {
  const [state] = useLate(fetch, early);
  if (state === "failed") throw new Error("A part of the app could not be fetched.");
  return state === "fetching" ? null : <state.Part {...props} />;
}

function useLate<Props>(
  fetch: () => Promise<ComponentType<Props>>,
  early: ComponentType<Props> | undefined,
): readonly [state: State<Props>, attempt: () => void] {
  const [state, setState] = useState<State<Props>>(early === undefined ? "fetching" : { Part: early });
  const isThere = useRef(early !== undefined);
  const attempt = useCallback(() => {
    setState("fetching");
    fetch().then(
      (Part) => setState({ Part }),
      () => setState("failed"),
    );
  }, [fetch]);
  useEffect(() => {
    if (!isThere.current) attempt();
  }, [attempt]);
  return [state, attempt];
}

/** Fetches a part once its place is there, so that it comes at once when it is wanted. Undefined until then. */
export function useEarly<Props>(fetch: () => Promise<ComponentType<Props>>): ComponentType<Props> | undefined {
  const [part, setPart] = useState<ComponentType<Props>>();
  useEffect(() => {
    fetch().then(
      (fetched) => setPart(() => fetched),
      // Whoever wants it tries again.
      () => undefined,
    );
  }, [fetch]);
  return part;
}

/**
 * Fetches parts while nothing else is to be done, for where nothing else keeps them: they must be here before the server is away.
 *
 * @param fetches stable
 */
export function useInTime(fetches: readonly (() => Promise<unknown>)[] | undefined): void {
  useEffect(() => {
    if (fetches === undefined) return;
    const fetchAll = () => {
      // Whoever wants one that could not be had tries again.
      for (const fetch of fetches) fetch().catch(() => undefined);
    };
    // Safari has no idle callbacks.
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(fetchAll, 1_000);
      return () => clearTimeout(timer);
    }
    const idle = window.requestIdleCallback(fetchAll);
    return () => window.cancelIdleCallback(idle);
  }, [fetches]);
}
