import type { DescMessage, Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { ContentSchema } from "@parley/protocol";

/**
 * The name of a message, at any depth, that carries a field which its schema does not know. What an author writes is left out: servers store it as it is, also what a later version
 * has put in.
 */
export function unknownFieldIn(schema: DescMessage, message: Message): string | undefined {
  if (schema.typeName === ContentSchema.typeName) return undefined;
  if (message.$unknown !== undefined && message.$unknown.length > 0) return schema.name;
  const reflected = reflect(schema, message);
  for (const field of schema.fields) {
    if (field.message === undefined || !reflected.isSet(field)) continue;
    const value: unknown = reflected.get(field);
    for (const one of field.fieldKind === "list" ? (value as Iterable<unknown>) : [value]) {
      // Reflection wraps the messages that it hands out.
      const found = unknownFieldIn(field.message, (one as { readonly message: Message }).message);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
