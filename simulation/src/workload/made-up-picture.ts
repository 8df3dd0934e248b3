const BEGINS = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
/** Of 64 pixels each way. */
const SIZE = [0xff, 0xc0, 0, 17, 8, 0, 64, 0, 64, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
const ENDS = [0xff, 0xd9];

/** What a server takes for a JPEG, with words in it that nobody sees. */
export function madeUpPicture(words: string): Uint8Array {
  const said = new TextEncoder().encode(words);
  return Uint8Array.of(...BEGINS, ...SIZE, 0xff, 0xfe, 0, said.length + 2, ...said, ...ENDS);
}
