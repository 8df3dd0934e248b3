/** An answer of a server as it was on the wire. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

const HEAD_END = "\r\n\r\n";

/** The head of an answer and how many bytes it took; undefined while it is not complete. */
export function parseHead(bytes: Uint8Array): { response: HttpResponse; length: number } | undefined {
  const text = Buffer.from(bytes).toString("latin1");
  const end = text.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1] ?? 0);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { response: { status, headers, body: new Uint8Array() }, length: end + HEAD_END.length };
}

/** The first answer in the bytes; undefined while it is not complete. */
export function parseResponse(bytes: Uint8Array): { response: HttpResponse; length: number } | undefined {
  const head = parseHead(bytes);
  if (head === undefined) return undefined;
  const { status, headers } = head.response;
  const rest = bytes.subarray(head.length);
  if (headers.get("transfer-encoding")?.includes("chunked")) {
    const body = parseChunks(rest);
    return body && { response: { status, headers, body: body.bytes }, length: head.length + body.length };
  }
  const length = Number(headers.get("content-length") ?? 0);
  if (rest.length < length) return undefined;
  return { response: { status, headers, body: rest.slice(0, length) }, length: head.length + length };
}

function parseChunks(bytes: Uint8Array): { bytes: Uint8Array; length: number } | undefined {
  const text = Buffer.from(bytes).toString("latin1");
  const parts: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const lineEnd = text.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (Number.isNaN(size) || bytes.length < end) return undefined;
    if (size === 0) return { bytes: Buffer.concat(parts), length: end };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = end;
  }
}
