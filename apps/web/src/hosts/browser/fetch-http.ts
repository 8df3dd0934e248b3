import type { Http } from "@parley/client";

/** Requests to the server at `address` (its origin). The session's cookie goes along by itself. */
export function createFetchHttp(address: string): Http {
  return {
    post(path, encoding, body) {
      const aborting = new AbortController();
      const answer = fetch(new URL(path, address), {
        method: "POST",
        headers: { "content-type": `application/${encoding}` },
        // The copy that the types ask for is none: encoders never hand out shared memory.
        body: typeof body === "string" ? body : new Uint8Array(body),
        cache: "no-store",
        // Who is sent elsewhere, as by a captive portal, has not reached the server: it is told, and not followed.
        redirect: "manual",
        signal: aborting.signal,
      });
      return { answer, cancel: () => aborting.abort() };
    },
  };
}
