const JPEG_BEGINS = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
const JPEG_ENDS = [0xff, 0xd9];

export interface SamplePicture {
  /** What is said in it, so that it is another one than the others. */
  readonly said?: string;
  readonly width?: number;
  readonly height?: number;
  /** It is filled up to this. */
  readonly bytes?: number;
}

/** What says of itself that it is a JPEG of this size. Nobody can see anything in it. */
export function samplePicture({ said = "", width = 64, height = 64, bytes = 0 }: SamplePicture = {}): Uint8Array {
  const size = [0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255];
  const planes = [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
  const comment = new TextEncoder().encode(said);
  const told = [0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 255, ...comment];
  const parts = [...JPEG_BEGINS, ...size, ...planes, ...told];
  const filling = Math.max(0, bytes - parts.length - JPEG_ENDS.length);
  return Uint8Array.from([...parts, ...new Array<number>(filling).fill(0), ...JPEG_ENDS]);
}
