import { expectEqual, expectThat } from "../kit/expectation.ts";
import type { HostileCase } from "./hostile-case.ts";
import { type HostileScene, PATIENCE_MS } from "./hostile-scene.ts";
import { type CallFault, faultOfFailure } from "./http-failure.ts";
import type { HttpConnection } from "./wire/http-connection.ts";
import { bytes } from "./wire/protobuf-bytes.ts";

const JSON_TYPE = { "Content-Type": "application/json" };
const PROTO_TYPE = { "Content-Type": "application/proto" };
const PAGE = "ConversationService/GetPage";
const SIGN_UP = "AccountService/SignUp";
const BOMB_BYTES = 200_000_000;
const HALF_BODIES = 300;

interface Call {
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Calls that are none of the schema, or whose fields are out of bounds: a typed error for each. */
const wrongCalls: Readonly<Record<string, Call>> = {
  "JSON cut short": { headers: JSON_TYPE, body: '{"limit":' },
  "no JSON": { headers: JSON_TYPE, body: "" },
  "JSON that is null": { headers: JSON_TYPE, body: "null" },
  "JSON with a key twice": { headers: JSON_TYPE, body: '{"limit":1,"limit":2}' },
  "JSON of great depth": { headers: JSON_TYPE, body: "[".repeat(60_000) },
  "a limit below zero": { headers: JSON_TYPE, body: '{"limit":-1}' },
  "a limit that is NaN": { headers: JSON_TYPE, body: '{"limit":"NaN"}' },
  "a huge limit": { headers: JSON_TYPE, body: '{"limit":1e99}' },
  "half a character": { path: SIGN_UP, headers: JSON_TYPE, body: '{"userName":"\\ud800","password":"long enough"}' },
  "protobuf cut short": { headers: PROTO_TYPE, body: Uint8Array.of(0x0a, 0xff) },
  "protobuf of great depth": { headers: PROTO_TYPE, body: new Uint8Array(60_000).fill(0x3b) },
  "protobuf that is not UTF-8": { headers: PROTO_TYPE, body: Uint8Array.of(0x0a, 2, 0xc3, 0x28) },
  "a body of 600 kB": { headers: JSON_TYPE, body: `{}${" ".repeat(600_000)}` },
  "a compressed bomb": {
    headers: { ...JSON_TYPE, "Content-Encoding": "gzip" },
    body: Bun.gzipSync(new Uint8Array(BOMB_BYTES).fill(32)),
  },
  "a deflated bomb": {
    headers: { ...JSON_TYPE, "Content-Encoding": "deflate" },
    body: Bun.deflateSync(new Uint8Array(BOMB_BYTES)),
  },
  "a coding that nobody knows": { headers: { ...JSON_TYPE, "Content-Encoding": "zip, gzip, br" }, body: "x" },
  "a time limit below zero": { headers: { ...JSON_TYPE, "Connect-Timeout-Ms": "-1" }, body: "{}" },
  "a time limit that is none": { headers: { ...JSON_TYPE, "Connect-Timeout-Ms": "soon" }, body: "{}" },
  "no session": { headers: JSON_TYPE, body: "{}" },
  "a password of 60 kB": {
    path: SIGN_UP,
    headers: JSON_TYPE,
    body: JSON.stringify({ userName: "abcd", password: "x".repeat(60_000) }),
  },
  "a user name of 60 kB": {
    path: SIGN_UP,
    headers: JSON_TYPE,
    body: JSON.stringify({ userName: "x".repeat(60_000), password: "long enough" }),
  },
  "a user name of another sort": {
    path: SIGN_UP,
    headers: JSON_TYPE,
    body: JSON.stringify({ userName: "a'; --", password: "long enough" }),
  },
  "a name that turns the text around": {
    path: SIGN_UP,
    headers: JSON_TYPE,
    body: JSON.stringify({ userName: "abcd", displayName: "a\u202eb", password: "long enough" }),
  },
};

/** Not even calls: refused by their status alone. */
const noCalls: Readonly<
  Record<string, { readonly request: (host: string) => string; readonly statuses: readonly number[] }>
> = {
  "a GET of a method": {
    request: (host) => `GET /parley.v1.${PAGE} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    statuses: [405],
  },
  "a PUT of a method": {
    request: (host) => `PUT /parley.v1.${PAGE} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`,
    statuses: [405],
  },
  "no content type": { request: (host) => `${postHead(host, { "Content-Length": "2" })}{}`, statuses: [415] },
  "plain text": {
    request: (host) => `${postHead(host, { "Content-Type": "text/plain", "Content-Length": "2" })}{}`,
    statuses: [415],
  },
  gRPC: {
    request: (host) => `${postHead(host, { "Content-Type": "application/grpc", "Content-Length": "2" })}{}`,
    statuses: [415],
  },
  "a body of 100 GB": {
    request: (host) => postHead(host, { ...JSON_TYPE, "Content-Length": "100000000000" }),
    statuses: [413],
  },
  "a method that there is not": {
    request: (host) => `${postHead(host, { ...JSON_TYPE, "Content-Length": "2" }, "ConversationService/Nope")}{}`,
    statuses: [404, 405],
  },
};

export const httpCases: readonly HostileCase[] = [
  {
    title: "[HTTP6] calls that are none of the schema are answered with a Problem",
    async run(scene) {
      for (const [what, { path = PAGE, headers, body }] of Object.entries(wrongCalls)) {
        const connection = await scene.connection();
        const content = typeof body === "string" ? bytes(body) : body;
        connection.send(postHead(hostOf(scene), { ...headers, "Content-Length": String(content.length) }, path));
        connection.send(content);
        const response = await connection.next(PATIENCE_MS);
        const fault: CallFault | undefined = response && faultOfFailure(response);
        expectThat(response !== undefined && fault === undefined, `a typed error for ${what}`, {
          fault,
          status: response?.status,
        });
        connection.close();
      }
    },
  },
  {
    title: "[HTTP7] requests that are no calls are refused by their status",
    async run(scene) {
      for (const [what, { request, statuses }] of Object.entries(noCalls)) {
        const connection = await scene.connection();
        connection.send(request(hostOf(scene)));
        const status = (await connection.next(PATIENCE_MS))?.status ?? 0;
        expectThat(statuses.includes(status), `a refusal of ${what}`, status);
        connection.close();
      }
    },
  },
  {
    title: "a body byte by byte, and one in pieces of one byte, are read to their end",
    async run(scene) {
      const { token } = scene.attacker().seat;
      const headers = { ...JSON_TYPE, Authorization: `Bearer ${token}` };
      const body = '{"limit": 1}';
      const slow = await scene.connection();
      slow.send(
        postHead(
          hostOf(scene),
          { ...headers, "Content-Length": String(body.length) },
          "ConversationService/ListConversations",
        ),
      );
      const pieces = await scene.connection();
      pieces.send(
        postHead(
          hostOf(scene),
          { ...headers, "Transfer-Encoding": "chunked" },
          "ConversationService/ListConversations",
        ),
      );
      for (const character of body) {
        slow.send(character);
        pieces.send(`1\r\n${character}\r\n`);
        await Bun.sleep(2);
      }
      pieces.send("0\r\n\r\n");
      for (const connection of [slow, pieces])
        expectEqual((await connection.next(PATIENCE_MS))?.status, 200, "the status");
    },
  },
  {
    title: `${HALF_BODIES} bodies that never end do not keep others waiting`,
    async run(scene) {
      const connections: HttpConnection[] = [];
      for (let index = 0; index < HALF_BODIES; index++) {
        const connection = await scene.connection();
        // Few: a body of untold length counts as a large one.
        const pieces = index % 250 === 0;
        connection.send(
          postHead(
            hostOf(scene),
            { ...JSON_TYPE, ...(pieces ? { "Transfer-Encoding": "chunked" } : { "Content-Length": "1000" }) },
            SIGN_UP,
          ),
        );
        connection.send(pieces ? "5\r\n{" : '{"userName":');
        connections.push(connection);
      }
      await scene.neighbours.heardAgain();
      for (const connection of connections) connection.close();
    },
  },
  {
    title: "searches for people that look like something else find nobody and break nothing",
    async run(scene) {
      const { token } = scene.attacker().seat;
      const queries = [
        "%",
        "_",
        "%%%",
        "\\",
        "'",
        '" OR 1=1',
        "\u0000",
        "*",
        "[a-z]*",
        "\u202e",
        "😀".repeat(30),
        "a".repeat(61),
      ];
      for (const query of queries) {
        const connection = await scene.connection();
        const content = bytes(JSON.stringify({ query, limit: 50 }));
        connection.send(
          postHead(
            hostOf(scene),
            { ...JSON_TYPE, Authorization: `Bearer ${token}`, "Content-Length": String(content.length) },
            "AccountService/FindPeople",
          ),
        );
        connection.send(content);
        const response = await connection.next(PATIENCE_MS);
        expectThat(
          response?.status === 200 || response?.status === 400,
          `an answer to the query ${query}`,
          response?.status,
        );
        if (response?.status === 200)
          expectEqual(new TextDecoder().decode(response.body), "{}", `who is found by ${query}`);
        connection.close();
      }
    },
  },
];

function hostOf({ url }: HostileScene): string {
  return new URL(url).host;
}

function postHead(host: string, headers: Readonly<Record<string, string>>, path = PAGE): string {
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /parley.v1.${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
