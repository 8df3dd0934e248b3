/** Of each emoji, in the order of all: its name in a language, and what else it is searched by there (parted by bars, in plain text). */
export type EmojiWords = readonly (readonly [name: string, words: string])[];
