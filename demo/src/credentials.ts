import { people } from "./people.ts";

/** The password of everybody in the demo who can sign in. */
export const password = "parley-demo";

/** How many of the people can sign in: the first is the one shown, the others keep the demo alive. */
export const signInCount = 8;

export const shown = people[0] ?? { userName: "", displayName: "" };
