import type { DescMessage, Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

const NAMING_FIELDS = new Set(["conversation", "log"]);

/** The conversations that a message speaks of, at any depth. */
export function frameNames(schema: DescMessage, message: Message): string[] {
  const reflected = reflect(schema, message);
  return schema.fields.flatMap((field) => {
    if (!reflected.isSet(field)) return [];
    const value: unknown = reflected.get(field);
    if (field.message === undefined) return NAMING_FIELDS.has(field.name) ? [String(value)] : [];
    const inner = field.message;
    const values = field.fieldKind === "list" ? [...(value as Iterable<unknown>)] : [value];
    // Reflection wraps the messages that it hands out.
    return values.flatMap((one) => frameNames(inner, (one as { readonly message: Message }).message));
  });
}
