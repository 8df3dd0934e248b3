import { create, equals } from "@bufbuild/protobuf";
import { isVisible } from "@parley/log";
import { type Content, ContentSchema, EditedSchema, type Event, EventSchema, PostedSchema } from "@parley/protocol";
import type { Ledger, Violation } from "@parley/simulation/oracle";
import type { DeviceHistory } from "../history/history.ts";

/** Judges the live events of a device: each is a true one that it may see, and on each socket they come in their order, once. */
export function checkStreams({ name, account, connections }: DeviceHistory, ledger: Ledger): Violation[] {
  return connections.flatMap(({ events }) => {
    const last = new Map<string, number>();
    return events.flatMap((event) => {
      const violations = checkEvent(name, account, event, ledger);
      const before = last.get(event.log) ?? 0;
      last.set(event.log, event.seq);
      if (event.seq > before) return violations;
      const detail = `${name} was told ${event.seq} of ${event.log} after ${before} on one socket`;
      return [...violations, { rule: "SYN1", detail }];
    });
  });
}

function checkEvent(device: string, viewer: string, event: Event, ledger: Ledger): Violation[] {
  const where = `${device} was told ${event.seq} of ${event.log}`;
  const history = ledger.logs.get(event.log);
  const expected = history?.events[event.seq - 1];
  if (history === undefined || expected === undefined) {
    return [{ rule: "CMD4", detail: `${where}, which nobody was told is accepted` }];
  }
  if (!isVisible(history.intervals(viewer), event.seq) && !isOwnEnd(viewer, expected)) {
    return [{ rule: "VIS1", detail: `${where}, out of sight` }];
  }
  if (!equals(EventSchema, factsOf(event), factsOf(expected))) {
    return [
      { rule: "LOG3", detail: `${where} as ${event.body.case} ${event.id}, not ${expected.body.case} ${expected.id}` },
    ];
  }
  const given = contentOf(event);
  const submitted = contentOf(expected);
  if (given !== undefined && (submitted === undefined || !equals(ContentSchema, given, submitted))) {
    return [{ rule: "LOG3", detail: `${where} with other content than was submitted` }];
  }
  return [];
}

/** Who parts from the parent of a thread is told that it follows it no more. Should it come back, its sight is inherited anew, without that event. */
function isOwnEnd(viewer: string, { author, body }: Event): boolean {
  return body.case === "unfollowed" && author === viewer;
}

/** Without what a frame may leave out, and without the tag, which only the server can make. */
function factsOf(event: Event): Event {
  const bare = create(EventSchema, { ...event, tag: 0 });
  switch (event.body.case) {
    case "posted":
      return create(EventSchema, { ...bare, body: { case: "posted", value: create(PostedSchema) } });
    case "edited": {
      const { target } = event.body.value;
      return create(EventSchema, { ...bare, body: { case: "edited", value: create(EditedSchema, { target }) } });
    }
    default:
      return bare;
  }
}

function contentOf({ body }: Event): Content | undefined {
  return body.case === "posted" || body.case === "edited" ? body.value.content : undefined;
}
