import { limits } from "@parley/protocol";
import { disableTypes, imageSize, types } from "image-size";

// Nothing but what is to be let through is looked into.
disableTypes(types.filter((type) => type !== "jpg"));

/**
 * Why these bytes are no picture that devices should be given, by what they say of themselves: the server decodes none. A file that fits may say that it is of
 * a size that fills a device's memory.
 */
export function faultOfPicture(bytes: Uint8Array): string | undefined {
  const { pictureBytes, pictureSide } = limits;
  if (bytes.length > pictureBytes) return `picture has more than ${pictureBytes} bytes.`;
  const told = tellsOf(bytes);
  if (told === undefined) return "picture is no JPEG.";
  const fits = [told.width, told.height].every((side) => side >= 1 && side <= pictureSide);
  return fits ? undefined : `picture is not of 1 to ${pictureSide} pixels each way.`;
}

/** Undefined for what is no JPEG, and for one that ends before it has said of which size it is. */
function tellsOf(bytes: Uint8Array) {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}
