import { create, toBinary } from "@bufbuild/protobuf";
import { type Command, CommandSchema, directConversationId, Encryption, type Event, uuidV7 } from "@parley/protocol";
import { createDirect, post, signUp } from "@parley/rig";
