/** Who received and read one of one's own messages. */
export interface ReceiptsView {
  /** The server: with times, as far as it knows them. This device: as far as it was told marks, without times. */
  readonly from: "server" | "device";
  /** By name: everybody else who may see the message. */
  readonly receipts: readonly ReceiptView[];
}

export interface ReceiptView {
  readonly account: string;
  readonly displayName: string;
  /** `unknown`: this device was not told, as in large groups. */
  readonly reached: "unknown" | "sent" | "delivered" | "read";
  /** Undefined where the time is not known. */
  readonly deliveredAt: number | undefined;
  readonly readAt: number | undefined;
}
