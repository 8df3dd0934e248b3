import type { InspectionLook, Inspector, Trouble } from "../../features/inspector/view-model/inspector.ts";
import type { InspectionCall } from "../inspection/inspection-call.ts";

/** The inspector, from a tab. */
export class RemoteInspector implements Inspector {
  readonly #call: (what: InspectionCall) => Promise<unknown>;

  constructor(call: (what: InspectionCall) => Promise<unknown>) {
    this.#call = call;
  }

  async look(after: number): Promise<InspectionLook> {
    // The engine side is of the same version of the app, so its answer is what its type says.
    return (await this.#call({ method: "look", args: [after] })) as InspectionLook;
  }

  async resync(): Promise<void> {
    await this.#call({ method: "resync", args: [] });
  }

  async setTrouble(trouble: Trouble): Promise<void> {
    await this.#call({ method: "setTrouble", args: [trouble] });
  }

  async bundle(): Promise<string> {
    return String(await this.#call({ method: "bundle", args: [] }));
  }
}
