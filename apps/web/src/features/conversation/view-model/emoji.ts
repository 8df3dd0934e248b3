const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*0-9]\uFE0F?\u20E3)/u;

/** Up to three emojis and nothing else are drawn large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 64) return false;
  const parts = graphemes(text).filter((part) => part.trim() !== "");
  return parts.length > 0 && parts.length <= 3 && parts.every((part) => EMOJI.test(part));
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text), (part) => part.segment);
}
