import type { MessageInitShape } from "@bufbuild/protobuf";
import type { OrderSchema } from "@parley/protocol";

type OrderInit = MessageInitShape<typeof OrderSchema>;

export const first: OrderInit = { link: { case: "first", value: {} } };
export const unordered: OrderInit = { link: { case: "none", value: {} } };

export function after(id: string): OrderInit {
  return { link: { case: "after", value: id } };
}
