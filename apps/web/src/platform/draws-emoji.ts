const SIZE = 16;
/** Two pictures side by side are wider. */
const WIDEST = 1.6 * SIZE;

/**
 * Whether this system has a picture for an emoji: pictures keep their colours whatever ink they are drawn with, letters and empty boxes do not; a
 * sequence that the font does not know becomes several pictures. Without a canvas everything counts as drawn.
 */
export function drawsEmoji(document: Document): (text: string) => boolean {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * SIZE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return () => true;
  context.font = `${SIZE}px ${getComputedStyle(document.documentElement).getPropertyValue("--font") || "sans-serif"}`;
  context.textBaseline = "top";
  const drawn = (text: string, ink: string): Uint8ClampedArray => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = ink;
    context.fillText(text, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  return (text) => {
    if (context.measureText(text).width > WIDEST) return false;
    const [black, red] = [drawn(text, "#000"), drawn(text, "#f00")];
    return black.some((value) => value > 0) && black.every((value, index) => value === red[index]);
  };
}
