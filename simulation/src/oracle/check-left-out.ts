import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** Whom a device says that it did not bring into a group is who its person named, and who was no member once that had happened. */
export function checkLeftOut(devices: readonly Device[], ledger: Ledger): Violation[] {
  return devices.flatMap(({ name, account, owner }) =>
    (owner?.engine.account.get().leftOut ?? []).flatMap(({ id, conversation, people }): Violation[] => {
      const history = ledger.log(conversation);
      const event = history.events.find((one) => one.id === id);
      const detail = `${name} says that ${id} left out ${people.map((one) => one.account)}`;
      if (event?.author !== account) return [{ rule: "REQ7", detail: `${detail}, which never happened` }];
      const brought = people.some((one) => history.isPresent(one.account, event.seq));
      return brought ? [{ rule: "REQ7", detail: `${detail}, who are there` }] : [];
    }),
  );
}
