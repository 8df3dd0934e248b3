import type { InspectorTexts } from "../../../texts/en-inspector.ts";
import type { InspectorViewModel } from "../view-model/inspector-view-model.ts";

/** What every part of the inspector is drawn from. */
export interface InspectorPartProps {
  readonly model: InspectorViewModel;
  readonly words: InspectorTexts;
}
