/** What a column can hold. */
export type SqlValue = string | number | Uint8Array | null;
