/** What a message said before it was edited, as far as the server keeps it and the viewer may see it. */
export interface VersionsView {
  /** What it says now; undefined where this device does not hold it, or may not show it. */
  readonly current: VersionView | undefined;
  /** The newest first. */
  readonly versions: readonly VersionView[];
  /** There are older ones: to be asked for from the last of these on. */
  readonly more: boolean;
}

export interface VersionView {
  /** Unique among the versions of its message. */
  readonly seq: number;
  readonly text: string;
  /** When it was written, by the server's clock. */
  readonly at: number;
}
