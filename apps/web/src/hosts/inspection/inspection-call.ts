import type { Inspector } from "../../features/inspector/view-model/inspector.ts";

/** A method of an `Inspector`, as it travels to the engine side. */
export type InspectionCall = {
  [Method in keyof Inspector]: { readonly method: Method; readonly args: Parameters<Inspector[Method]> };
}[keyof Inspector];

export function callInspector(inspector: Inspector, call: InspectionCall): Promise<unknown> {
  switch (call.method) {
    case "look":
      return inspector.look(...call.args);
    case "resync":
      return inspector.resync(...call.args);
    case "setTrouble":
      return inspector.setTrouble(...call.args);
    case "bundle":
      return inspector.bundle(...call.args);
  }
}
