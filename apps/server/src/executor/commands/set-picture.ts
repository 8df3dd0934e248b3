import { create } from "@bufbuild/protobuf";
import { PictureSetSchema, pictureId, RejectionCode, type SetPicture } from "@parley/protocol";
import { type CommandHandler, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";
import { faultOfPicture } from "./picture-fault.ts";

export const setPicture: CommandHandler<SetPicture> = {
  authorise: (attempt) => requireRight(attempt, "setPicture"),
  validate({ picture }) {
    const reason = picture.length === 0 ? undefined : faultOfPicture(picture);
    return reason === undefined ? undefined : { code: RejectionCode.INVALID, reason };
  },
  async decide(attempt, { picture: bytes }) {
    const { record } = await placeOf(attempt);
    const picture = pictureId(bytes);
    if (record.picture === picture) return noEffect;
    const body = { case: "pictureSet", value: create(PictureSetSchema, { picture }) } as const;
    return { kind: "event", body, picture: bytes };
  },
};
