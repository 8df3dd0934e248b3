/** Headers of every answer. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** What the pages of this server may do: nothing with any other. */
export function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'self'",
    // Not every browser takes 'self' to include the schemes of WebSocket.
    `connect-src 'self' ws://${host} wss://${host}`,
    "worker-src 'self'",
    // Pictures of groups are bytes that the page has got from its engine.
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
