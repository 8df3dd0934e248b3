import { limits } from "@parley/protocol";

/** In pixels: twice what the largest avatar takes on most screens. */
const SIDE = 256;
/** The first with which it fits is taken; what has little in it fits with the best. */
const QUALITIES = [0.92, 0.85, 0.75, 0.65, 0.5, 0.35, 0.2, 0.1];

/** The middle of an image as a JPEG that the picture of a group can be; undefined where the file is no image that this browser can read. */
export async function squarePicture(file: Blob): Promise<Uint8Array | undefined> {
  const image = await createImageBitmap(file).catch(() => undefined);
  if (image === undefined) return undefined;
  const canvas = squareOf(image);
  image.close();
  for (const quality of QUALITIES) {
    const jpeg = await encoded(canvas, quality);
    if (jpeg !== undefined && jpeg.size <= limits.pictureBytes) return new Uint8Array(await jpeg.arrayBuffer());
  }
  return undefined;
}

function squareOf(image: ImageBitmap): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  // What can be seen through would be black.
  context.fillStyle = "white";
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingQuality = "high";
  const side = Math.min(image.width, image.height);
  const [x, y] = [(image.width - side) / 2, (image.height - side) / 2];
  context.drawImage(image, x, y, side, side, 0, 0, SIDE, SIDE);
  return canvas;
}

/** Undefined where the browser makes something else of it than was asked for. */
function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob?.type === "image/jpeg" ? blob : undefined), "image/jpeg", quality);
  });
}
