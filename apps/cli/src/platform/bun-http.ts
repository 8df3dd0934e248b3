import type { Http } from "@parley/client";

/** Requests to the server at `address`, authorised by a session's token. */
export function createBunHttp(address: string, token: string): Http {
  return {
    post(path, encoding, body) {
      const aborting = new AbortController();
      const answer = fetch(new URL(path, address), {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": `application/${encoding}` },
        body: typeof body === "string" ? body : new Uint8Array(body),
        redirect: "error",
        signal: aborting.signal,
      });
      return { answer, cancel: () => aborting.abort() };
    },
  };
}
