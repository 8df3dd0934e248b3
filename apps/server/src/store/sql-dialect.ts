import type { ColumnDataType, CompiledQuery, CreateTableBuilder, Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** What differs between databases beyond what Kysely's compilers know. */
export interface SqlDialect {
  /** Compiles queries; never runs one. */
  readonly compiler: Kysely<Tables>;
  readonly bytes: ColumnDataType;
  /** Asks for a table stored in the order of its primary key, where the database offers it. */
  clustered<Name extends string, Column extends string>(
    table: CreateTableBuilder<Name, Column>,
  ): { compile(): CompiledQuery };
}
