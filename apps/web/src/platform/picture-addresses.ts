import type { PictureAddresses } from "../app/group-pictures.ts";

/** Addresses that this page alone knows, of bytes that it holds. */
export const pictureAddresses: PictureAddresses = {
  make: (jpeg) => URL.createObjectURL(new Blob([new Uint8Array(jpeg)], { type: "image/jpeg" })),
  revoke: (url) => URL.revokeObjectURL(url),
};
