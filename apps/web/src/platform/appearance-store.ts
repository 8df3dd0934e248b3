import { type Appearance, accents, densities, themes } from "../features/settings/view-model/appearance.ts";
import { ObservedValue } from "../observable/observed-value.ts";

/** How this browser was asked to look, applied to the document. */
export function openAppearance(document: Document, storage: Storage): Appearance {
  return {
    theme: openSetting(document, storage, "theme", themes),
    density: openSetting(document, storage, "density", densities),
    accent: openSetting(document, storage, "accent", accents),
  };
}

/** The first of the values stands where none was chosen. */
function openSetting<Value extends string>(
  { documentElement }: Document,
  storage: Storage,
  name: string,
  values: readonly [Value, ...Value[]],
): ObservedValue<Value> {
  const key = `parley.${name}`;
  const stored = storage.getItem(key);
  const setting = new ObservedValue<Value>(values.find((value) => value === stored) ?? values[0]);
  const apply = () => {
    documentElement.dataset[name] = setting.get();
    storage.setItem(key, setting.get());
  };
  setting.subscribe(apply);
  apply();
  return setting;
}
