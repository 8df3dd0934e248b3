import { connect as connectPlainly } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { PATIENCE_MS } from "./raw-device.ts";

/** How a server answered an HTTP request. */
interface UpgradeAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks for a WebSocket on a bare connection, so that any header can be sent and any status seen; then goes away. */
export function upgradeAnswer(url: string, headers: Readonly<Record<string, string>>): Promise<UpgradeAnswer> {
  const { hostname, host, port, protocol } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<UpgradeAnswer>();
  const socket =
    protocol === "https:"
      ? connectSecurely({ host: hostname, port: Number(port) || 443, servername: hostname })
      : connectPlainly(Number(port) || 80, hostname);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("The upgrade was not answered.")));
  socket.once("error", reject);
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    resolve(parsed(text.slice(0, end)));
    socket.destroy();
  });
  const request = {
    host,
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))),
    ...headers,
  };
  const lines = Object.entries(request).map(([name, value]) => `${name}: ${value}`);
  socket.write(["GET /socket HTTP/1.1", ...lines, "", ""].join("\r\n"));
  return promise;
}

/** What a browser would send back of the cookies that it was given. */
export function cookiesOf(set: readonly string[]): string {
  return set.map((each) => each.split(";")[0]).join("; ");
}

function parsed(head: string): UpgradeAnswer {
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(first.split(" ")[1]), headers: Object.fromEntries(headers) };
}
