import { expect, test } from "bun:test";
import { emptyTimeline, type TimelineView } from "@parley/client";
import { ana, bo } from "../../testing/rows.ts";
import { OptimisticPosts } from "./optimistic-posts.ts";

const view: TimelineView = {
  ...emptyTimeline("c"),
  loaded: true,
  atOldest: true,
  members: [ana, bo].map((person) => ({ ...person, role: "member", removable: false, otherRoles: [] })),
};

test("a message that was just typed says whom it mentions, and is the same object in every view", () => {
  const posts = new OptimisticPosts();
  posts.add({ id: "m1", conversation: "c", text: "@bo and @ana", sentAt: 1 }, ana);
  const [row] = posts.fold(view).rows;
  expect(row).toMatchObject({
    body: {
      mentions: [
        { account: bo.account, userName: "bo", displayName: "Bo Lind", me: false },
        { account: ana.account, userName: "ana", displayName: "Ana Ruiz", me: true },
      ],
    },
  });
  expect(posts.fold({ ...view, head: 1 }).rows[0]).toBe(row);
});
