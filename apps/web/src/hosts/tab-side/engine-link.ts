/** How a tab comes to a port of the engine side, again and again if need be. */
export interface EngineLink {
  readonly place: "shared-worker" | "tab";
  /** The Web Lock that dies with this tab. */
  readonly tabLock: string | undefined;
  /** @param handlers called from then on until `stop` */
  start(handlers: LinkHandlers): void;
  stop(): void;
}

export interface LinkHandlers {
  /** An engine side is ready behind this port. */
  connected(port: MessagePort): void;
  /** It died; another one is on its way. */
  lost(): void;
  /** None can be had this way. */
  failed(): void;
}
