import type { CompiledQuery } from "kysely";
import type { SqlValue } from "./sql-value.ts";

/** A statement compiled once: its text never changes, so that drivers can keep it prepared. */
export interface Prepared<Parameters, Row> {
  readonly sql: string;
  bind(parameters: Parameters): SqlValue[];
  /** Never present: carries the type of the rows. */
  readonly row?: Row;
}

type Bindable<Parameters> = { readonly [Name in keyof Parameters]: SqlValue };

class Placeholder {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * Compiles a Kysely query with named parameters: `prepared((p: { id: string }) => db.selectFrom("t").selectAll().where("id", "=", p.id))`.
 * Every property of `p` becomes a parameter; constants stay constants.
 */
export function prepared<Parameters extends Bindable<Parameters>, Row>(
  build: (parameters: Parameters) => { compile(): CompiledQuery<Row> },
): Prepared<Parameters, Row> {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(name) });
  // The builder only passes values on, so placeholders may stand in for values of any type.
  const { sql, parameters } = build(placeholders as Parameters).compile();
  const slots = parameters.map((parameter) =>
    parameter instanceof Placeholder
      ? { name: parameter.name as keyof Parameters, constant: null }
      : { name: undefined, constant: parameter as SqlValue },
  );
  return {
    sql,
    bind: (values) => {
      const bound = new Array<SqlValue>(slots.length);
      let at = 0;
      for (const { name, constant } of slots) bound[at++] = name === undefined ? constant : values[name];
      return bound;
    },
  };
}
