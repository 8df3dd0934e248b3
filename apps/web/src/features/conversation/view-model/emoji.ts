const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*0-9]\uFE0F?\u20E3)/u;

/** One emoji, as a reader sees one: a single grapheme that the protocol takes as a reaction. */
export function isOneEmoji(text: string): boolean {
  const parts = graphemes(text);
  return parts.length === 1 && EMOJI.test(text) && new TextEncoder().encode(text).length <= 64;
}

/** Up to three emojis and nothing else are drawn large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 64) return false;
  const parts = graphemes(text).filter((part) => part.trim() !== "");
  return parts.length > 0 && parts.length <= 3 && parts.every((part) => EMOJI.test(part));
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text), (part) => part.segment);
}
