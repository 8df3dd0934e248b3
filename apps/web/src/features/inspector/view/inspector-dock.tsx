import { useEffect, useState } from "react";
import type { InspectorTexts } from "../../../texts/en-inspector.ts";
import { type InspectorPorts, InspectorViewModel } from "../view-model/inspector-view-model.ts";
import { InspectorPanel } from "./inspector-panel.tsx";

export interface InspectorDockProps {
  readonly ports: InspectorPorts;
  readonly onClose: () => void;
}

/** The inspector for as long as it is drawn. Everything below it is fetched on demand. */
export function InspectorDock({ ports, onClose }: InspectorDockProps) {
  const [model, setModel] = useState<InspectorViewModel>();
  const [words, setWords] = useState<InspectorTexts>();
  useEffect(() => {
    const opened = new InspectorViewModel(ports);
    setModel(opened);
    void ports.words().then(setWords);
    return opened.dispose;
  }, [ports]);
  if (model === undefined || words === undefined) return null;
  return <InspectorPanel model={model} words={words} onClose={onClose} />;
}
