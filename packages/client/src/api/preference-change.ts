/** One setting of how a conversation is treated, on all devices of the account. */
export type PreferenceChange =
  | { readonly kind: "pin"; readonly pinned: boolean }
  /** By the device's clock; 0 to end the mute, Infinity for one that a person ends. */
  | { readonly kind: "mute"; readonly until: number }
  /** Put away until its next entry, and while it is muted. */
  | { readonly kind: "archive"; readonly archived: boolean }
  /** Shown as unread, whatever is read: until it is said to be read. */
  | { readonly kind: "mark-unread"; readonly unread: boolean }
  /** Says yes or no to a message request; yes is for good. */
  | { readonly kind: "answer-request"; readonly accept: boolean };
