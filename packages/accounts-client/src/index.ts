/** Accounts, sessions and devices of a Parley server, for browsers and for programs. Who is signed in is asked by itself: `@parley/accounts-client/who-am-i`. */
export * from "./account-client.ts";
export * from "./account-error.ts";
