/** How a value of the protobuf wire format says where it ends. */
export const WireType = { varint: 0, bit64: 1, lengthDelimited: 2, bit32: 5 } as const;
