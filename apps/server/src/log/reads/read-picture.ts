import { create } from "@bufbuild/protobuf";
import { type PictureResponse, PictureResponseSchema, pictureId } from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { Membership } from "../records.ts";
import type { Sight } from "../sight.ts";

/**
 * The picture that this viewer sees the group have; undefined if it is another one, or none. A former member sees the one of when it parted, as long as the
 * group has that one: the bytes of others are erased.
 */
export async function readPicture(
  snapshot: LogSnapshot,
  { pictureSeenBy }: Sight,
  membership: Membership,
  wanted: string,
): Promise<PictureResponse | undefined> {
  if (wanted === "" || wanted !== pictureSeenBy(membership)) return undefined;
  const picture = await snapshot.picture(membership.conversation.id);
  return picture === undefined || pictureId(picture) !== wanted
    ? undefined
    : create(PictureResponseSchema, { picture });
}
