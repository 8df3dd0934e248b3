/** Parts of the schema that no case can bring about from outside, each with the reason. One that is covered after all fails the kit. */
export const exceptions: Readonly<Record<string, string>> = {};
