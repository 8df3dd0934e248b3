/** Bounds of the protocol. The schema's comments state them; both sides enforce them through these constants. */
export const limits = {
  frameBytes: 512 * 1024,
  commandBytes: 64 * 1024,
  submissionsPerFrame: 64,
  submissionBytesPerFrame: 256 * 1024,
  textCharacters: 16_000,
  titleCharacters: 200,
  descriptionCharacters: 2_000,
  emojiBytes: 64,
  reactionsPerMessage: 1_000,
  /** Different ones, of all members together. */
  emojisPerMessage: 64,
  /** Reactions of one member on one message. */
  reactionsPerMember: 32,
  attachmentsPerMessage: 32,
  mentionsPerMessage: 256,
  membersPerGroup: 256,
  pageEntries: 200,
  idsPerRequest: 200,
  /** Versions of a message in one answer. */
  versionsPerPage: 50,
  /** Messages that mention an account in one answer. */
  mentionsPerPage: 50,
  marksPerFrame: 200,
  draftsPerFrame: 8,
  /** Conversations of an account that have a draft on the server. */
  draftsPerAccount: 500,
  /** Of all their texts together, in UTF-8: a device that holds none is told all of them at once. */
  draftBytesPerAccount: 512 * 1024,
  /** Conversations that an account has pinned at most. */
  pinsPerAccount: 50,
  /** Messages that an account has saved at most: a device that holds nothing is told all of them at once. */
  savedPerAccount: 1_000,
  /** Messages that one command hides. */
  hiddenAtOnce: 100,
  /** Runs of messages that an account has hidden at most, of all conversations; neighbours are one run. */
  hiddenRunsPerAccount: 2_000,
  /** Messages that are pinned in a conversation at most. */
  pinnedMessagesPerConversation: 50,
  /** Links by which people can join a group. */
  invitesPerGroup: 20,
  inviteLabelCharacters: 60,
  /** People who wait to be let into a group. */
  joinRequestsPerGroup: 50,
  /** How long a link can be used at most, if not for good. */
  inviteLifetimeMs: 366 * 24 * 60 * 60 * 1_000,
  inviteSecretBytes: 16,
  /** Who wrote last in a thread, as its root names them. */
  threadParticipants: 3,
  /** Messages that wait to be posted for an account at most. */
  scheduledPerAccount: 100,
  /** What they take together, encoded: a device that holds nothing is told all of them at once. */
  scheduledBytesPerAccount: 256 * 1024,
  /** How far ahead of its command the time of a scheduled message or of a reminder may be. */
  scheduledAheadMs: 366 * 24 * 60 * 60 * 1_000,
  /** People whom an account blocks at most: a device that holds nothing is told all of them at once. */
  blockedPerAccount: 1_000,
  /** Messages that one report is about. */
  reportedAtOnce: 20,
  reportNoteCharacters: 1_000,
  /** Messages before those that are reported, and after them, that are told as context. */
  reportContext: 5,
  /** Reports of an account within a day. */
  reportsPerDay: 20,
  /** What the copies of their messages take together, encoded. */
  reportBytesPerDay: 4 * 1024 * 1024,
  /** How long the admins have what was reported. */
  reportKeptMs: 90 * 24 * 60 * 60 * 1_000,
  /** Messages that an account is to be reminded of at most, those that are due counted: a device that holds nothing is told all of them at once. */
  remindersPerAccount: 200,
  /** How long a timer is at least: less cannot be read. */
  timerSecondsLeast: 5,
  timerSecondsMost: 366 * 24 * 60 * 60,
  /** What nobody else has read disappears this much after what the timer says. */
  expiryUnreadMs: 7 * 24 * 60 * 60 * 1_000,
  /** What the picture of a group takes: a command has room for it, and a device for those of all its groups. */
  pictureBytes: 32 * 1024,
  /** Its width and height at most, in pixels. */
  pictureSide: 512,
  /** The end of a mute that has none: the last time that a date can say. */
  mutedForGood: 8_640_000_000_000_000,
  headsPerHello: 10_000,
  deviceNameCharacters: 100,
  displayNameCharacters: 60,
  devicesPerAccount: 100,
  /** Devices that are remembered as closed, so that late commands of theirs are refused. */
  closedDevicesPerAccount: 100,
  /** Conversations up to this size tell each member's marks to all; larger ones tell authors summaries. */
  memberMarksUpTo: 32,
  /** How long a typing lease holds after it was received. */
  typingLeaseMs: 5_000,
} as const;
