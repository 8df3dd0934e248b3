/** What one version of the app consists of. The build makes it and puts it into the worker's script. */
export interface PrecacheList {
  /** A hash of all files; the page carries it too. */
  readonly version: string;
  readonly files: readonly PrecachedFile[];
}

export interface PrecachedFile {
  /** On this server, such as `/assets/index-1a2b.js`. */
  readonly path: string;
  /** As in Subresource Integrity: what arrives instead of the file (a captive portal, another build) is not taken for it. */
  readonly integrity: string;
}
