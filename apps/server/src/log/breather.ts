/** Lets other work of this thread run before a long read goes on. */
export type Breather = () => Promise<void>;
