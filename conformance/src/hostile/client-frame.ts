import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type ClientFrame, ClientFrameSchema } from "@parley/protocol";

export type ClientFrameInit = NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>;

export function clientFrame(frame: ClientFrameInit): ClientFrame {
  return create(ClientFrameSchema, { frame });
}
