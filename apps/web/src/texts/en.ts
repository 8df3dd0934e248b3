/** Every English text that people read. Another language is another object of this type. */
export const en = {
  app: { name: "Parley", starting: "Opening Parley…", failed: "Parley could not start", reload: "Reload" },
  updates: { label: "Update", ready: "A new version of Parley is ready" },
  /** The local store cannot be used; by the kind of problem. */
  store: {
    title: "What is kept on this device cannot be read",
    problem: "The browser's database does not answer. Close other Parley tabs and reload.",
    problems: {
      damaged: "The browser's database is damaged. Reload; if that does not help, fetch everything again.",
      "newer-version":
        "Parley was updated in another tab, and what is kept here was made by a newer Parley. Reload to get it; nothing is lost.",
      blocked: "Another tab with Parley keeps them from being opened. Close other Parley tabs and reload.",
      full: "The disk is full. Make some room and reload.",
      unavailable: "This browser keeps no data for this site. Allow it, or leave private browsing, and reload.",
    } as Readonly<Record<string, string>>,
    notKept: "This browser keeps nothing for this site. What is not sent when the last tab closes is lost.",
    insecure:
      "This address is not secure (plain http), so browsers switch much off: Parley runs in one tab at a time, opens only while the server can be reached, and cannot notify you. Others in this network could read along. Whoever runs the server can change all that by https.",
    unsaved: (lost: number | "unknown") =>
      lost === "unknown"
        ? "What this device kept was damaged and was fetched again. Messages that were not sent before that may be lost."
        : `What this device kept was damaged and was fetched again. ${count(lost, "change that was not sent is lost.", "changes that were not sent are lost.")}`,
    rebuild: "Fetch everything again",
    rebuildText:
      "Conversations come back from the server. Messages that were not sent yet are kept if they can still be read.",
  },
  common: {
    cancel: "Cancel",
    close: "Close",
    dismiss: "Dismiss",
    save: "Save",
    retry: "Retry",
    you: "you",
    notes: "Notes to yourself",
    unknownPerson: "Somebody",
    online: "Online",
    offline: "Offline",
  },
  accounts: {
    welcome: "Welcome to Parley",
    signInTitle: "Sign in to Parley",
    tagline: "Chat that never loses a message, on a server of your own.",
    userName: "User name",
    userNameHint: "3 to 30 letters, digits, dots, dashes or underscores",
    displayName: "Display name",
    displayNameHint: "What others see. Your user name if you leave it empty.",
    password: "Password",
    passwordHint: "At least 8 characters",
    showPassword: "Show password",
    signUp: "Sign up",
    signIn: "Sign in",
    haveAccount: "Already have an account?",
    noAccount: "New here?",
    toSignIn: "Sign in",
    toSignUp: "Sign up",
    unended:
      "You are signed out, and nothing of yours is left on this device. The server could not be told yet: your session there ends when this browser reaches it.",
    againTitle: "Sign in again",
    againText: (pending: number) =>
      pending === 0
        ? "Your session has ended. Nothing on this device is lost."
        : `Your session has ended. ${count(pending, "change waits", "changes wait")} on this device and will be sent after you sign in.`,
    errors: {
      userName: "Use 3 to 30 of a–z, 0–9, dot, dash or underscore.",
      displayName: "Use at most 60 characters.",
      passwordShort: "Use at least 8 characters.",
      passwordLong: "Use at most 128 characters.",
      passwordMissing: "Type your password.",
      nameTaken: "This user name is taken. Try another one, or sign in.",
      wrongCredentials: "User name and password do not match. Check both and try again.",
      otherAccount: (userName: string) => `Sign in as ${userName} to go on. To use another account, sign out first.`,
      unreachable: "The server cannot be reached. Check your network and try again.",
      invalid: "The server did not accept this. Check what you typed.",
      failed: "Something went wrong on the server. Try again in a moment.",
      rateLimited: (seconds: number) =>
        seconds > 90
          ? `Too many attempts. Try again in ${count(Math.ceil(seconds / 60), "minute", "minutes")}.`
          : `Too many attempts. Try again in ${count(seconds, "second", "seconds")}.`,
      rateLimitOver: "You can try again now.",
    },
  },
  conversations: {
    label: "Conversations",
    start: "New conversation",
    settings: "Settings",
    loading: "Getting your conversations…",
    emptyTitle: "No conversations yet",
    emptyText: "Start one with somebody on this server.",
    chooseTitle: "Choose a conversation",
    chooseText: "Or start a new one. What you send is kept safe on this device until the server has it.",
    unread: (n: number) => count(n, "unread message", "unread messages"),
    draft: "Draft:",
    own: "You:",
    deleted: "Message deleted",
    withheld: "Edited while you were away",
    system: "Group changed",
    empty: "No messages yet",
    filter: "Filter conversations",
    noMatch: (query: string) => `Nothing matches “${query}”`,
    /** Of a direct conversation, whose name says who. */
    typing: "typing…",
  },
  conversation: {
    back: "Back to conversations",
    messages: "Messages",
    message: "Message",
    placeholder: "Write a message",
    placeholderTo: (title: string) => `Message ${title}`,
    send: "Send",
    info: "Group info",
    loading: "Loading messages…",
    loadingOlder: "Loading older messages…",
    loadFailed: "These messages are not on this device, and the server cannot be reached.",
    loadAgain: "Try again",
    beginning: "This is the beginning of the conversation",
    emptyTitle: "Say hello",
    emptyText: (title: string) => `This is the beginning of your conversation with ${title}.`,
    emptyNotes: "Write down what you want to keep. Only you can see it.",
    missingTitle: "This conversation is not here",
    missingText: "You may not be a member of it, or it has not reached this device yet.",
    readOnly: "You are no longer a member of this group. You can still read what you saw.",
    members: (n: number) => count(n, "member", "members"),
    onlineCount: (n: number) => `${n} online`,
    newMessages: "New messages",
    jumpToNewest: "Jump to newest",
    jumpToNewestCount: (n: number) => `Jump to newest, ${count(n, "new message", "new messages")}`,
    hole: (n: number) => `Loading ${count(n, "message", "messages")}…`,
    boundary: (n: number) =>
      n === 1 ? "One entry from while you were not a member" : `${n} entries from while you were not a member`,
    deletedMine: "You deleted this message",
    deleted: "This message was deleted",
    withheld: "This message was edited while you were not a member",
    edited: "edited",
    actions: "Message actions",
    react: "React",
    reactWith: (emoji: string) => `React with ${emoji}`,
    unreact: (emoji: string) => `Remove ${emoji}`,
    otherEmoji: "Another emoji",
    otherEmojiSet: "Add",
    notEmoji: "Use one emoji",
    reaction: (emoji: string, names: string) => `${emoji} by ${names}`,
    edit: "Edit",
    editing: "Editing message",
    cancelEdit: "Cancel editing",
    saveEdit: "Save",
    copy: "Copy text",
    copied: "Copied",
    copyFailed: "This browser did not allow copying",
    deleteForEveryone: "Delete for everyone",
    deleteTitle: "Delete for everyone?",
    deleteText: "The text is erased for all members and cannot be brought back.",
    delete: "Delete",
    retry: "Retry",
    discard: "Discard",
    details: "Details",
    actionFailed: "That could not be kept on this device. Try again.",
    tooLong: (over: number) => `${count(over, "character", "characters")} too long`,
    announce: (author: string, text: string) => `${author}: ${text}`,
    announceMany: (n: number) => `${n} new messages`,
  },
  /** Looking for messages in one conversation. */
  search: {
    open: "Search",
    label: "Search this conversation",
    close: "Close search",
    results: "Messages found",
    searching: "Searching…",
    none: "No messages found",
    found: (n: number) => count(n, "message found", "messages found"),
    newest: (n: number) => `The newest ${n.toLocaleString("en-GB")} messages found`,
    more: "Show more",
    failed: "The search did not work. Try again.",
    hint: "Finds messages on this device that hold all of the words.",
    reach: (searched: number, complete: boolean) =>
      `Searched ${count(searched, "message", "messages")} on this device.${complete ? "" : " Older ones are not loaded."}`,
  },
  status: {
    waiting: "Waiting for the network",
    sending: "Sending",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
    failed: "Not sent",
  },
  /** Why a command was refused, by its code in the protocol; 0 where it never left the device. */
  refused: {
    0: "It could not be kept on this device: its storage is full or does not work. Make some room and retry.",
    1: "There is one like it already.",
    2: "It was withdrawn.",
    3: "This device was signed out.",
    4: "The conversation or person is not there any more.",
    5: "You are not a member of this conversation.",
    6: "You are not allowed to do this.",
    7: "The server did not accept it.",
    8: "This server cannot do that.",
    9: "The message is not there any more.",
    10: "The message was deleted.",
    11: "The group is full.",
    12: "The other account no longer exists.",
    13: "The conversation is full.",
    15: "What it depends on was not accepted.",
  } as Readonly<Record<number, string>>,
  refusedOtherwise: "The server could not take it.",
  /** What waits to be sent, and what the server did not accept. */
  outbox: {
    title: "Outbox",
    open: "Show",
    summary: (waiting: number, failed: number) => {
      const waits = waiting > 0 ? [`${count(waiting, "change waits", "changes wait")} to be sent.`] : [];
      const fell = failed > 0 ? [`${count(failed, "change was", "changes were")} not accepted.`] : [];
      return [...waits, ...fell].join(" ") || "Everything is sent.";
    },
    failedOnly: (failed: number) => `${count(failed, "change was", "changes were")} not accepted.`,
    tryNow: "Try now",
    retry: "Retry",
    retryNamed: (what: string) => `Retry. ${what}`,
    retryAll: (n: number) => `Retry all ${n}`,
    discard: "Discard",
    discardNamed: (what: string) => `Discard. ${what}`,
    discardAll: (n: number) => `Discard all ${n}`,
    discardTitle: "Discard?",
    keep: "Keep",
    mayBeSeen:
      "It may have been sent, and read, already. If so it is deleted for everyone as soon as the server is reached.",
    mayBeDone: "It may have been done already. If so it stays done; otherwise it is given up.",
    more: (n: number) => `And ${n.toLocaleString("en-GB")} more.`,
    since: (when: string) => `Since ${when}`,
    sinceNow: "Since a moment ago",
    failed: (reason: string) => `Not accepted. ${reason}`,
    unknownConversation: "A conversation",
    waits: {
      network: "Waiting for the network.",
      signedOut: "Waiting until you sign in again.",
      deviceClosed: "Waiting: this device was signed out from elsewhere. Sign in again to send it.",
      elsewhere: "Waiting: another window of Parley sends it.",
      room: "Waiting until there is room on this device’s disk.",
      sending: "Being sent.",
      checking: "Waiting until the server has said what it still knows.",
      creation: (title: string) => `Waiting until “${title}” is created.`,
      until: (why: string, time: string) => `${why} Next try at ${time}.`,
      putOff: {
        "storage-full": "The server’s disk is full.",
        unavailable: "The server cannot store anything at the moment.",
        "shutting-down": "The server is about to restart.",
        "rate-limited": "You are sending faster than this server allows.",
      },
    },
    deeds: {
      message: (text: string) => `Message: ${text}`,
      edit: (text: string) => `Edit a message to: ${text}`,
      delete: (of: string) => (of === "" ? "Delete a message" : `Delete “${of}”`),
      withdraw: (of: string) => (of === "" ? "Take something back" : `Take back “${of}”`),
      reaction: (emoji: string, of: string) =>
        of === "" ? `Reaction ${emoji} to a message` : `Reaction ${emoji} to “${of}”`,
      reactionTaken: (emoji: string, of: string) =>
        of === "" ? `Remove ${emoji} from a message` : `Remove ${emoji} from “${of}”`,
      start: "Start the conversation",
      create: (title: string) => `Create the group “${title}”`,
      add: (names: string) => `Add ${names}`,
      remove: (names: string) => `Remove ${names}`,
      leave: "Leave the group",
      title: (title: string) => `Name the group “${title}”`,
      other: "A change made by a newer Parley",
    },
  },
  typing: (names: readonly string[], others: number) => {
    const shown = others > 0 ? [...names, count(others, "other", "others")] : names;
    if (shown.length === 0) return "";
    return `${list(shown)} ${names.length + others === 1 ? "is" : "are"} typing…`;
  },
  system: {
    you: "You",
    created: (actor: string, title: string) =>
      title === "" ? `${actor} started the conversation` : `${actor} created the group “${title}”`,
    added: (actor: string, names: readonly string[]) => `${actor} added ${list(names)}`,
    removed: (actor: string, names: readonly string[]) => `${actor} removed ${list(names)}`,
    left: (actor: string) => `${actor} left`,
    titled: (actor: string, title: string) => `${actor} named the group “${title}”`,
    includingYou: "you",
    others: (n: number) => count(n, "other", "others"),
  },
  newConversation: {
    title: "New conversation",
    begin: "Find people",
    people: "People",
    peopleHint: "Type a name",
    remove: (name: string) => `Remove ${name}`,
    groupName: "Group name",
    groupNameMissing: "Give the group a name.",
    start: "Start",
    searching: "Searching…",
    nobody: "Nobody found",
    unreachable: "The server cannot be reached; only people you already talk with are shown.",
    chosen: "Chosen people",
    self: (name: string) => `${name} (you)`,
    found: (n: number) => count(n, "person found", "people found"),
  },
  group: {
    title: "Group info",
    name: "Group name",
    saveName: "Save",
    add: "Add people",
    addChosen: "Add",
    remove: (name: string) => `Remove ${name}`,
    removeTitle: (name: string) => `Remove ${name}?`,
    removeText: "They keep what they have seen, and get nothing from now on.",
    removeConfirm: "Remove",
    leave: "Leave group",
    leaveTitle: "Leave this group?",
    leaveText: "You keep what you have seen. Others see that you left.",
    leaveConfirm: "Leave",
    members: (n: number) => count(n, "member", "members"),
    roles: { owner: "Owner", admin: "Admin", member: "" },
    self: (name: string) => `${name} (you)`,
    message: (name: string) => `Message ${name}`,
  },
  settings: {
    title: "Settings",
    displayName: "Display name",
    saved: "Saved",
    saveFailed: "Your name could not be saved. Try again.",
    theme: "Theme",
    themes: { system: "System", light: "Light", dark: "Dark" },
    inspector: "Protocol inspector",
    inspectorText: "For developers: shows what passes between this device and the server.",
    notifications: "Notifications",
    notificationsText: {
      on: "Messages that arrive while you are not looking at Parley are shown by your system.",
      off: "Shown by your system when a message arrives while you are not looking at Parley.",
      blocked: "Your browser blocks notifications from this site. Allow them in the browser’s settings for it.",
      unavailable: "This browser cannot show notifications here.",
    },
    devices: "Devices",
    devicesText: "Where you are signed in. Sign out what you do not recognise.",
    devicesLoading: "Loading devices…",
    devicesFailed: "The list of devices could not be loaded.",
    thisDevice: "This device",
    lastSeen: (when: string) => `Last seen ${when}`,
    revoke: "Sign out",
    revokeNamed: (name: string) => `Sign out ${name}`,
    revoked: (name: string) => `${name} was signed out`,
    revokeFailed: "The device could not be signed out. Try again.",
    unnamedDevice: "Unnamed device",
    signOut: "Sign out",
    signOutTitle: "Sign out?",
    signOutText: "Conversations on this device are removed. They stay on the server.",
    signOutPending: (n: number) =>
      `${count(n, "change was", "changes were")} not sent yet and would be lost. Stay signed in until everything is sent.`,
    signOutAnyway: "Sign out and lose them",
    signOutFailed: "What is kept on this device could not be removed. Close other Parley tabs and try again.",
    storage: "Messages on this device",
    storageKept: "Kept until you sign out.",
    storageTemporary: "The browser may remove them when space is short; they come back from the server.",
    storageUnknown: "This browser does not say how long it keeps them; they come back from the server.",
    storageUsed: (megabytes: number) =>
      `${megabytes.toLocaleString("en-GB", { maximumFractionDigits: 1 })} MB are used.`,
    signedInAs: (userName: string) => `Signed in as ${userName}`,
  },
  connection: {
    label: "Connection",
    starting: "Starting…",
    offline: "You are offline. Messages are kept and sent later.",
    noRoom:
      "This device’s disk is full: you can read what is on it, but not write or get new messages until there is room.",
    connecting: "Connecting…",
    syncing: "Getting what you missed…",
    waiting: (seconds: number) => `Not connected. Trying again in ${count(seconds, "second", "seconds")}.`,
    waitingNow: "Not connected. Trying again now.",
    /** There was no connection yet since the app was opened. */
    atStart: {
      offline: "You are offline, showing what is on this device. Messages are kept and sent later.",
      waiting: (seconds: number) =>
        `Not connected, showing what is on this device. Trying again in ${count(seconds, "second", "seconds")}.`,
      waitingNow: "Not connected, showing what is on this device. Trying again now.",
    },
    /** Something answers, but does not let this device in. */
    notLetIn: {
      asked: "The server asks you to wait. Messages are kept and sent later.",
      foreign:
        "This network asks you to sign in first, or something else answers in the server’s place. Messages are kept and sent later.",
    },
    tryingIn: (seconds: number) =>
      seconds < 100
        ? `Trying again in ${count(seconds, "second", "seconds")}.`
        : `Trying again in ${count(Math.round(seconds / 60), "minute", "minutes")}.`,
    tryingNow: "Trying again now.",
    tryNow: "Try now",
    signedOut: "Your session has ended.",
    signIn: "Sign in",
    deviceClosed: "This device was signed out from elsewhere.",
    withoutEngine: {
      "taken-over": "Parley is open in another window that took over.",
      updated: "Parley was updated in another tab. Reload to go on here.",
      "not-started": "Parley could not start in this tab. Reload to try again.",
    },
    useHere: "Use here",
    storeFailed: "What Parley keeps on this device cannot be used any more.",
    reload: "Reload",
    /** Connected, but the server does not take what is sent. */
    holdUps: {
      "storage-full":
        "The server’s disk is full. Your messages are safe on this device and will be sent when there is room again.",
      unavailable:
        "The server cannot store anything at the moment. Your messages are safe on this device and will be sent later.",
      "shutting-down":
        "The server is about to restart. Your messages are safe on this device and will be sent afterwards.",
      "rate-limited": "You are sending faster than this server allows. The rest goes out by itself.",
    },
    sending: "Sending…",
    pending: (n: number) => count(n, "change waits", "changes wait"),
  },
  notifications: {
    something: "New message",
    by: (name: string, text: string) => `${name}: ${text}`,
  },
  time: { today: "Today", yesterday: "Yesterday", justNow: "just now" },
  list,
};

export type Texts = typeof en;

function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
}

/** "Ana, Bo and Cem". */
function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
