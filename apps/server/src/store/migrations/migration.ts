import type { CompiledQuery } from "kysely";
import type { SqlDialect } from "../sql-dialect.ts";

/** One step of the schema, as statements to run in order. */
export type Migration = (dialect: SqlDialect) => readonly { compile(): CompiledQuery }[];
