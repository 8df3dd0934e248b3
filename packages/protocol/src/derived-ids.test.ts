import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { directConversationId, followerCommandId, notesConversationId, threadConversationId } from "./derived-ids.ts";
import { Encryption } from "./gen/parley/v1/conversation_pb.ts";
import { uuidVersion } from "./ids.ts";

const ana = "01900000-0000-7000-8000-00000000000a";
const ben = "01900000-0000-7000-8000-00000000000b";
const eve = "01900000-0000-7000-8000-00000000000e";

describe("derived ids", () => {
  // A change of any of these would part everybody from their conversations.
  test("[DER1] are what they were in the first release", () => {
    expect({
      direct: directConversationId(ana, ben, Encryption.NONE),
      sealed: directConversationId(ana, ben, Encryption.MLS),
      notes: notesConversationId(ana),
      thread: threadConversationId(eve, ana),
      follower: followerCommandId("previews", ana, 7),
    }).toEqual({
      direct: "1aaeca4a-df23-8be0-8143-5893178cdf8b",
      sealed: "4b3f0fbc-2944-8f85-8f33-d470e69ff873",
      notes: "01094abb-0d09-8746-8115-3c386847dcfc",
      thread: "107b36eb-03b1-8b9e-b1ad-d84dea8b546b",
      follower: "6f63a5eb-cb3a-80f4-9cab-baccc68c7814",
    });
  });

  test("[DER2] a direct conversation is the same whoever starts it", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        return directConversationId(one, other, Encryption.NONE) === directConversationId(other, one, Encryption.NONE);
      }),
    );
  });

  test("differ for different people, encryption, messages and versions", () => {
    const ids = [
      directConversationId(ana, ben, Encryption.NONE),
      directConversationId(ana, ben, Encryption.MLS),
      directConversationId(ana, eve, Encryption.NONE),
      notesConversationId(ana),
      notesConversationId(ben),
      threadConversationId(ana, ben),
      threadConversationId(ben, ana),
      followerCommandId("previews", ana, 1),
      followerCommandId("previews", ana, 2),
      followerCommandId("thumbnails", ana, 1),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("[CMD8] are of version 8, which no device may submit", () => {
    for (const id of [
      directConversationId(ana, ben, Encryption.NONE),
      notesConversationId(ana),
      followerCommandId("f", ana, 1),
    ]) {
      expect(uuidVersion(id)).toBe(8);
    }
  });
});
