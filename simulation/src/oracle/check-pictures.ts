import { create } from "@bufbuild/protobuf";
import type { ConversationView } from "@parley/client";
import { PictureRequestSchema, pictureId } from "@parley/protocol";
import type { LogReader, LogSnapshot } from "@parley/server/parts";
import type { Device } from "../device/device.ts";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** What is shown as a picture are its bytes, and no others. */
export function checkPictureGiven(
  device: string,
  conversation: string,
  picture: string,
  bytes: Uint8Array,
): Violation[] {
  if (pictureId(bytes) === picture) return [];
  return [{ rule: "PIC1", detail: `${device} shows other bytes as the picture ${picture} of ${conversation}` }];
}

/** The server keeps the picture that a group has, and gives it to those who see that it has it. */
export async function checkPictureRows(
  history: LogHistory,
  conversation: string,
  viewers: readonly string[],
  snapshot: LogSnapshot,
  reader: LogReader,
): Promise<Violation[]> {
  const picture = history.state?.picture ?? "";
  const kept = await snapshot.picture(conversation);
  const keptId = kept === undefined ? "" : pictureId(kept);
  if (keptId !== picture) {
    return [
      { rule: "PIC2", detail: `the server keeps the picture “${keptId}” of ${conversation}, which has “${picture}”` },
    ];
  }
  if (picture === "") return [];
  const violations: Violation[] = [];
  for (const viewer of viewers) {
    const given = await reader.picture(viewer, create(PictureRequestSchema, { conversation, picture }));
    const sees = pictureSeenBy(history, viewer) === picture;
    if ((given !== undefined) === sees) continue;
    const detail = `the picture of ${conversation} is ${sees ? "not " : ""}given to ${viewer}`;
    violations.push({ rule: "PIC3", detail });
  }
  return violations;
}

/** A device keeps no other picture than the one that the state names which it holds. */
export function checkPicturesStored({ name, disk: { image } }: Device): Violation[] {
  return image.state().conversations.flatMap(({ id, state }) => {
    const stored = image.picture(id);
    if (stored === undefined || (stored.id === state?.picture && pictureId(stored.bytes) === stored.id)) return [];
    return [{ rule: "PIC2", detail: `${name} keeps the picture ${stored.id} of ${id}, which has “${state?.picture}”` }];
  });
}

/** At rest a list shows the picture that its viewer sees each group have. */
export function checkListedPicture(
  device: string,
  viewer: string,
  { id, picture = "" }: ConversationView,
  history: LogHistory,
): Violation[] {
  const expected = pictureSeenBy(history, viewer);
  if (picture === expected || history.head === 0) return [];
  return [{ rule: "PIC1", detail: `${device} shows ${id} at rest with the picture “${picture}”, not “${expected}”` }];
}

/** Whether the group has it now, so that it can be had. */
export function isHeldPicture(history: LogHistory, picture: string): boolean {
  return picture !== "" && history.state?.picture === picture;
}

function pictureSeenBy(history: LogHistory, viewer: string): string {
  return history.stateAt(history.viewerHead(viewer))?.picture ?? "";
}
