import { create } from "@bufbuild/protobuf";
import { type Leave, MemberLeftSchema } from "@parley/protocol";
import { type CommandHandler, happens } from "./command-handler.ts";
import { requireRight } from "./membership.ts";

export const leave: CommandHandler<Leave> = {
  authorise: (attempt) => requireRight(attempt, "leave"),
  validate: () => undefined,
  decide: async () => happens({ case: "memberLeft", value: create(MemberLeftSchema) }),
};
