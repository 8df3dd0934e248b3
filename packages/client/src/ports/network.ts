/** What the platform knows of its own network. A hint: sockets tell the truth. */
export interface Network {
  online(): boolean;
  /** Called when the device's own network returned, or the device woke up; returns how to stop listening. */
  onReturn(listener: () => void): () => void;
  /** Called when the device believes that it has lost its network; returns how to stop listening. */
  onLoss(listener: () => void): () => void;
}
