export interface AccountClientOptions {
  /** Of the server, without a path. */
  readonly address: string;
  /** The session's token. Undefined in browsers, which keep the session in a cookie that scripts cannot read. */
  readonly token?: () => string | undefined;
}
