import { sql } from "kysely";

/**
 * A text parameter of a statement that joins tables. SQLite prepares a join anew whenever a parameter is bound that it compares a column with directly, at 5 to 20 µs each time;
 * the value of a cast is none of its business. Constants are parameters too, unless they are written with `sql.lit`.
 */
export function textOfJoin(parameter: string) {
  return sql<string>`cast(${parameter} as text)`;
}
