import { type Appearance, accents, densities, themes } from "../features/settings/view-model/appearance.ts";
import type { ObservedValue } from "../observable/observed-value.ts";
import { storedChoice } from "./stored-choice.ts";

/** How this browser was asked to look, applied to the document. */
export function openAppearance(window: Window): Appearance {
  const { documentElement } = window.document;
  return {
    theme: shown(documentElement, "theme", storedChoice(window, "theme", themes)),
    density: shown(documentElement, "density", storedChoice(window, "density", densities)),
    accent: shown(documentElement, "accent", storedChoice(window, "accent", accents)),
  };
}

function shown<Value extends string>(
  { dataset }: HTMLElement,
  name: string,
  choice: ObservedValue<Value>,
): ObservedValue<Value> {
  const apply = () => {
    dataset[name] = choice.get();
  };
  choice.subscribe(apply);
  apply();
  return choice;
}
