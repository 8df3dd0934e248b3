import { ObservedValue } from "../observable/observed-value.ts";

const KEY = "parley.inspector";

/** Whether a developer wants the protocol inspector in this browser. */
export function openInspectorSetting(storage: Storage): ObservedValue<boolean> {
  const setting = new ObservedValue(storage.getItem(KEY) === "on");
  setting.subscribe(() => {
    if (setting.get()) storage.setItem(KEY, "on");
    else storage.removeItem(KEY);
  });
  return setting;
}
