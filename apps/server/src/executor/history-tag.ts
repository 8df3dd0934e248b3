const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * The tag of an event (FNV-1a over the tag before it, its id and its time): where two histories differ anywhere, their tags differ from there on.
 * The id alone would not tell: after a backup was put back, devices send the same commands again, perhaps in another order.
 */
export function historyTag(before: number, id: string, receivedAt: number): number {
  let digest = OFFSET_BASIS;
  const text = `${before}/${id}/${receivedAt}`;
  for (let index = 0; index < text.length; index++) digest = Math.imul(digest ^ text.charCodeAt(index), PRIME);
  return digest >>> 0;
}
