import { useEffect, useState } from "react";
import { type InspectorPorts, InspectorViewModel } from "../view-model/inspector-view-model.ts";
import { InspectorPanel } from "./inspector-panel.tsx";

export interface InspectorDockProps {
  readonly ports: InspectorPorts;
  readonly onClose: () => void;
}

/** The inspector for as long as it is drawn. Everything below it is fetched on demand. */
export function InspectorDock({ ports, onClose }: InspectorDockProps) {
  const [model, setModel] = useState<InspectorViewModel>();
  useEffect(() => {
    const opened = new InspectorViewModel(ports);
    setModel(opened);
    return opened.dispose;
  }, [ports]);
  return model === undefined ? null : <InspectorPanel model={model} onClose={onClose} />;
}
