import { describe, expect, test } from "bun:test";
import { RequestAnswer } from "@parley/protocol";
import { applyPreference, isArchived, isMuted, noPreferences, type PreferenceSetting } from "./preferences.ts";

const pin: PreferenceSetting = { case: "pinned", value: true };
const mute: PreferenceSetting = { case: "mutedUntil", value: 1_000 };
const archive: PreferenceSetting = { case: "archivedUpTo", value: 5 };
const unread: PreferenceSetting = { case: "markedUnread", value: true };

describe("[PRF1] preferences", () => {
  test("each setting is its own: the others stay as they are", () => {
    const all = [pin, mute, archive, unread].reduce(applyPreference, noPreferences);
    const set = { pinned: true, mutedUntil: 1_000, archivedUpTo: 5, markedUnread: true };
    expect(all).toEqual({ ...set, requestAnswer: RequestAnswer.UNSPECIFIED });
    expect(applyPreference(all, { case: "pinned", value: false })).toEqual({ ...all, pinned: false });
  });

  test("what is set already, or by a newer version, changes nothing", () => {
    const pinned = applyPreference(noPreferences, pin);
    expect(applyPreference(pinned, pin)).toBe(pinned);
    expect(applyPreference(pinned, { case: undefined })).toBe(pinned);
  });
});

describe("[PRF3] muted and archived", () => {
  const archived = applyPreference(noPreferences, archive);
  const both = applyPreference(archived, mute);

  test("a mute ends by itself", () => {
    expect([999, 1_000].map((now) => isMuted(both, now))).toEqual([true, false]);
  });

  test("what is archived comes back with its next entry", () => {
    expect([0, 5, 6].map((entryHead) => isArchived(archived, entryHead, 0))).toEqual([true, true, false]);
    expect(isArchived(noPreferences, 0, 0)).toBe(false);
  });

  test("what is muted stays archived until the mute ends", () => {
    expect([999, 1_000].map((now) => isArchived(both, 6, now))).toEqual([true, false]);
  });
});
