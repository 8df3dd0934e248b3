import type { SystemDeed, TimelineRow } from "@parley/client";

/** A row of a timeline in one line of text, or in as many as were written; empty for rows that say nothing. */
export function rowLine(row: TimelineRow): string {
  switch (row.kind) {
    case "message": {
      const edited = row.body.kind === "text" && row.body.edited ? " (edited)" : "";
      // Set in, so that they look like no rows of their own.
      const text = row.body.kind === "text" ? row.body.text.replaceAll("\n", "\n  ") : `[${row.body.kind}]`;
      return `${time(row.at)} ${row.authorName}: ${text}${edited}`;
    }
    case "system":
      return `${time(row.at)} * ${row.actorName} ${deed(row.what)}`;
    case "boundary":
      return "* (messages that you may not see)";
    case "hole":
      return "";
  }
}

/** What somebody did to a conversation, to stand behind who it was. */
export function deed(what: SystemDeed): string {
  switch (what.kind) {
    case "created":
      return what.title === "" ? "began the conversation" : `began "${what.title}"`;
    case "members-added":
      return `added ${people(what)}`;
    case "members-removed":
      return `removed ${people(what)}`;
    case "member-left":
      return "left";
    case "title-set":
      return `changed the title to "${what.title}"`;
    case "role-set":
      return `made ${whose(what)} ${what.role === "member" ? "an ordinary member" : `an ${what.role}`}`;
    case "description-set":
      return what.empty ? "removed the description" : "changed the description";
    case "picture-set":
      return what.empty ? "removed the picture" : "changed the picture";
    case "member-let-in":
      return `let ${what.isMe ? "you" : what.name} in`;
    case "member-joined":
      return `joined by ${what.inviterIsMe ? "your" : `${what.inviterName}'s`} link`;
    case "message-pinned":
      return "pinned a message";
    case "timer-set":
      return what.seconds === 0
        ? "let new messages stay"
        : `let new messages disappear ${what.seconds} s after they are read`;
  }
}

function whose({ of, name }: Extract<SystemDeed, { kind: "role-set" }>): string {
  return { actor: "themselves", viewer: "you", other: name }[of];
}

function people({ names, includesMe }: { readonly names: readonly string[]; readonly includesMe: boolean }): string {
  return (includesMe ? ["you", ...names] : names).join(", ");
}

function time(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
