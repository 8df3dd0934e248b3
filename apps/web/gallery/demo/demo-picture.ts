/** Something round and green, as a group might have chosen it. */
export async function demoPicture(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(256, 256);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The demo cannot draw");
  context.fillStyle = "#dfe9c8";
  context.fillRect(0, 0, 256, 256);
  for (const [x, y, radius, colour] of beds) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  return new Uint8Array(await jpeg.arrayBuffer());
}

const beds = [
  [92, 108, 62, "#4f8a3c"],
  [164, 96, 50, "#6fa84f"],
  [136, 168, 68, "#3c7434"],
  [120, 118, 16, "#d6483f"],
  [168, 150, 14, "#e0703a"],
] as const;
