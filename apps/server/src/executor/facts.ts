import { create } from "@bufbuild/protobuf";
import { EditedSchema, type Envelope, type Event, type Expiry } from "@parley/protocol";

/** The event without the content it brought: as it is stored, and as it travels where not everybody may see the content. */
export function withoutContent(event: Event): Event {
  const { body } = event;
  switch (body.case) {
    case "posted":
      return {
        ...event,
        body: {
          case: "posted",
          value: { $typeName: "parley.v1.Posted", ...optional(body.value.envelope), ...timed(body.value.expiry) },
        },
      };
    case "edited": {
      const value = create(EditedSchema, { target: body.value.target, ...optional(body.value.envelope) });
      return { ...event, body: { case: "edited", value } };
    }
    default:
      return event;
  }
}

function optional(envelope: Envelope | undefined): { envelope?: Envelope } {
  return envelope === undefined ? {} : { envelope };
}

function timed(expiry: Expiry | undefined): { expiry?: Expiry } {
  return expiry === undefined ? {} : { expiry };
}
