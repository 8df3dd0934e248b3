import { create } from "@bufbuild/protobuf";
import { type Profile, ProfileSchema } from "@parley/protocol";
import type { ProfilesTable } from "../tables.ts";

export function profileRow(profile: Profile): ProfilesTable {
  return {
    account: profile.account,
    user_name: profile.userName,
    display_name: profile.displayName,
    rev: profile.rev,
    user_key: searchKey(profile.userName),
    display_key: searchKey(profile.displayName),
  };
}

export function profileOf(row: ProfilesTable): Profile {
  return create(ProfileSchema, {
    account: row.account,
    userName: row.user_name,
    displayName: row.display_name,
    rev: row.rev,
  });
}

/** Names that differ only in case or in how a letter is composed have one key. */
export function searchKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
