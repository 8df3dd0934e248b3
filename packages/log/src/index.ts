/** What a log means: pure functions that the server and every device share. */
export * from "./blocked-people.ts";
export * from "./expiry.ts";
export * from "./fold-conversation.ts";
export * from "./fold-entry.ts";
export * from "./fold-invites.ts";
export * from "./fold-join-requests.ts";
export * from "./hidden-runs.ts";
export * from "./marks.ts";
export * from "./mentions.ts";
export * from "./message-requests.ts";
export * from "./permissions.ts";
export * from "./preferences.ts";
export * from "./ranges.ts";
export * from "./reminders.ts";
export * from "./thread-summary.ts";
export * from "./unread.ts";
export * from "./visibility.ts";
