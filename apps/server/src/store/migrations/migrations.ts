import type { CompiledQuery } from "kysely";
import type { SqlDialect } from "../sql-dialect.ts";
import { firstSchema } from "./0001-first-schema.ts";

/** One step of the schema, as statements to run in order. */
export type Migration = (dialect: SqlDialect) => readonly { compile(): CompiledQuery }[];

/** Append only: the version of a database is the number of steps it has taken. */
export const migrations: readonly Migration[] = [firstSchema];
