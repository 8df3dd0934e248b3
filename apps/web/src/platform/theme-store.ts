import type { Theme } from "../features/settings/view-model/theme.ts";
import { ObservedValue } from "../observable/observed-value.ts";

const KEY = "parley.theme";

/** The theme that this browser was asked for, applied to the document. */
export function openTheme(document: Document, storage: Storage): ObservedValue<Theme> {
  const stored = storage.getItem(KEY);
  const theme = new ObservedValue<Theme>(stored === "light" || stored === "dark" ? stored : "system");
  const apply = () => {
    document.documentElement.dataset["theme"] = theme.get();
    storage.setItem(KEY, theme.get());
  };
  theme.subscribe(apply);
  apply();
  return theme;
}
