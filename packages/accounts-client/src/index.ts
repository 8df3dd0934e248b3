/** Accounts, sessions and devices of a Parley server, for browsers and for programs. */
export * from "./account-client.ts";
export * from "./account-error.ts";
