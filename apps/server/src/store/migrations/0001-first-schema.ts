import type { CreateTableBuilder } from "kysely";
import type { SqlDialect } from "../sql-dialect.ts";
import type { Migration } from "./migration.ts";

export const firstSchema: Migration = (dialect) => [
  ...conversationTables(dialect),
  ...entryTables(dialect),
  ...logTables(dialect),
  ...deviceTables(dialect),
  ...accountTables(dialect),
  ...followerTables(dialect),
];

function conversationTables(dialect: SqlDialect) {
  const { schema } = dialect.compiler;
  return [
    dialect.clustered(
      schema
        .createTable("conversations")
        .addColumn("id", "text", required)
        .addColumn("kind", "smallint", required)
        .addColumn("encryption", "smallint", required)
        .addColumn("history", "smallint", required)
        .addColumn("title", "text", required)
        .addColumn("rev", "bigint", required)
        .addColumn("created_by", "text", required)
        .addColumn("created_at", "double precision", required)
        .addColumn("head", "bigint", required)
        .addColumn("entry_head", "bigint", required)
        .addColumn("tag", "bigint", required)
        .addColumn("active_at", "double precision", required)
        .addPrimaryKeyConstraint("conversations_key", ["id"]),
    ),
    dialect.clustered(
      schema
        .createTable("members")
        .addColumn("conversation", "text", required)
        .addColumn("account", "text", required)
        .addColumn("role", "smallint", required)
        .addColumn("present", "smallint", required)
        .addColumn("rev", "bigint", required)
        .addColumn("intervals", "text", required)
        .addColumn("parted_tag", "bigint", required)
        .addColumn("parted_at", "double precision", required)
        .addColumn("parted_state", dialect.bytes)
        .addPrimaryKeyConstraint("members_key", ["conversation", "account"]),
    ),
    schema.createIndex("members_by_account").on("members").columns(["account", "conversation"]),
    dialect.clustered(
      schema
        .createTable("marks")
        .addColumn("conversation", "text", required)
        .addColumn("account", "text", required)
        .addColumn("delivered", "bigint", required)
        .addColumn("read", "bigint", required)
        .addPrimaryKeyConstraint("marks_key", ["conversation", "account"]),
    ),
  ];
}

function entryTables(dialect: SqlDialect) {
  const { schema } = dialect.compiler;
  return [
    dialect.clustered(
      schema
        .createTable("entries")
        .addColumn("conversation", "text", required)
        .addColumn("ordinal", "bigint", required)
        .addColumn("id", "text", required)
        .addColumn("seq", "bigint", required)
        .addColumn("rev", "bigint", required)
        .addColumn("content_rev", "bigint", required)
        .addColumn("author", "text", required)
        .addColumn("sent_at", "double precision", required)
        .addColumn("received_at", "double precision", required)
        .addColumn("kind", "smallint", required)
        .addColumn("body", dialect.bytes, required)
        .addPrimaryKeyConstraint("entries_key", ["conversation", "ordinal"]),
    ),
    dialect.clustered(
      schema
        .createTable("reactions")
        .addColumn("conversation", "text", required)
        .addColumn("ordinal", "bigint", required)
        .addColumn("emoji", "text", required)
        .addColumn("since", "bigint", required)
        .addColumn("accounts", "text", required)
        .addPrimaryKeyConstraint("reactions_key", ["conversation", "ordinal", "emoji"]),
    ),
  ];
}

function logTables(dialect: SqlDialect) {
  const { schema } = dialect.compiler;
  return [
    dialect.clustered(
      schema
        .createTable("events")
        .addColumn("log", "text", required)
        .addColumn("seq", "bigint", required)
        .addColumn("id", "text", required)
        .addColumn("author", "text", required)
        .addColumn("sent_at", "double precision", required)
        .addColumn("received_at", "double precision", required)
        .addColumn("tag", "bigint", required)
        .addColumn("touched", "bigint", required)
        .addColumn("kind", "smallint", required)
        .addColumn("facts", dialect.bytes, required)
        .addPrimaryKeyConstraint("events_key", ["log", "seq"]),
    ),
    dialect.clustered(
      schema
        .createTable("verdicts")
        .addColumn("log", "text", required)
        .addColumn("id", "text", required)
        .addColumn("seq", "bigint", required)
        .addColumn("account", "text")
        .addColumn("code", "smallint")
        .addColumn("reason", "text")
        .addColumn("received_at", "double precision")
        .addPrimaryKeyConstraint("verdicts_key", ["log", "id"]),
    ),
    dialect.clustered(
      schema
        .createTable("device_orders")
        .addColumn("log", "text", required)
        .addColumn("device", "text", required)
        .addColumn("last", "text", required)
        .addPrimaryKeyConstraint("device_orders_key", ["log", "device"]),
    ),
  ];
}

function deviceTables(dialect: SqlDialect) {
  const { schema } = dialect.compiler;
  return [
    dialect.clustered(
      schema
        .createTable("devices")
        .addColumn("account", "text", required)
        .addColumn("id", "text", required)
        .addColumn("session", "text", required)
        .addColumn("name", "text", required)
        .addColumn("created_at", "double precision", required)
        .addColumn("last_seen_at", "double precision", required)
        .addColumn("closed_at", "double precision", required)
        .addPrimaryKeyConstraint("devices_key", ["account", "id"]),
    ),
    schema.createIndex("devices_by_id").on("devices").columns(["id"]).unique(),
    schema.createIndex("devices_by_session").on("devices").columns(["session"]),
  ];
}

function accountTables(dialect: SqlDialect) {
  const { schema } = dialect.compiler;
  return [
    dialect.clustered(
      schema
        .createTable("accounts")
        .addColumn("account", "text", required)
        .addColumn("rejections", "bigint", required)
        .addColumn("rejections_since", "double precision", required)
        .addPrimaryKeyConstraint("accounts_key", ["account"]),
    ),
    dialect.clustered(
      schema
        .createTable("account_events")
        .addColumn("account", "text", required)
        .addColumn("seq", "bigint", required)
        .addColumn("id", "text", required)
        .addColumn("received_at", "double precision", required)
        .addColumn("body", dialect.bytes, required)
        .addPrimaryKeyConstraint("account_events_key", ["account", "seq"]),
    ),
    dialect.clustered(
      schema
        .createTable("profiles")
        .addColumn("account", "text", required)
        .addColumn("user_name", "text", required)
        .addColumn("display_name", "text", required)
        .addColumn("rev", "bigint", required)
        .addColumn("user_key", "text", required)
        .addColumn("display_key", "text", required)
        .addPrimaryKeyConstraint("profiles_key", ["account"]),
    ),
    schema.createIndex("profiles_by_user").on("profiles").columns(["user_key"]),
    schema.createIndex("profiles_by_display").on("profiles").columns(["display_key"]),
  ];
}

function followerTables(dialect: SqlDialect) {
  const { schema } = dialect.compiler;
  return [
    dialect.clustered(
      schema
        .createTable("dirty")
        .addColumn("conversation", "text", required)
        .addColumn("shard", "smallint", required)
        .addColumn("since", "bigint", required)
        .addColumn("head", "bigint", required)
        .addPrimaryKeyConstraint("dirty_key", ["conversation"]),
    ),
    dialect.clustered(
      schema
        .createTable("cursors")
        .addColumn("conversation", "text", required)
        .addColumn("follower", "text", required)
        .addColumn("done", "bigint", required)
        .addPrimaryKeyConstraint("cursors_key", ["conversation", "follower"]),
    ),
  ];
}

type Column = Parameters<Parameters<CreateTableBuilder<string, string>["addColumn"]>[2] & object>[0];

function required(column: Column): Column {
  return column.notNull();
}
