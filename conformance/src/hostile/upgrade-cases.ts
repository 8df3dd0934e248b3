import { expectEqual, expectThat } from "../kit/expectation.ts";
import type { HostileCase } from "./hostile-case.ts";
import { endOf, expectAlive, type HostileScene, PATIENCE_MS } from "./hostile-scene.ts";
import { upgradeHeaders, upgradeRequest } from "./wire/attacker-socket.ts";
import type { RawSocket } from "./wire/raw-socket.ts";

const HALF_OPEN = 2_000;
const SILENT_SOCKETS = 200;
const SLOW_SOCKETS = 40;

export const upgradeCases: readonly HostileCase[] = [
  {
    title: `${HALF_OPEN} half-open upgrades at once do not keep others out`,
    async run(scene) {
      const whole = upgradeRequest(scene.url, upgradeHeaders("proto", scene.attacker().seat.token));
      const sockets: RawSocket[] = [];
      for (let index = 0; index < HALF_OPEN; index++) {
        const socket = await scene.tcp();
        // Some have not said a byte, others lack the last one.
        socket.send(whole.slice(0, Math.floor((index / HALF_OPEN) * whole.length)));
        sockets.push(socket);
      }
      await scene.neighbours.heardAgain();
      await expectAlive(await scene.online(), "so many half-open upgrades");
      for (const socket of sockets) socket.close();
    },
  },
  {
    title: "an upgrade that comes byte by byte, and one with frames right behind it",
    async run(scene) {
      const { token, device } = scene.attacker().seat;
      const whole = upgradeRequest(scene.url, upgradeHeaders("json", token));
      const slow = await scene.connection();
      for (const character of whole) {
        slow.send(character);
        await Bun.sleep(1);
      }
      expectEqual((await slow.next(PATIENCE_MS))?.status, 101, "the status of a slow upgrade");
      const hasty = await scene.socket({ encoding: "json" });
      hasty.sendMessage(JSON.stringify({ hello: { device } }));
      for (let nonce = 1; nonce <= 20; nonce++) hasty.send({ case: "ping", value: { nonce } });
      await expectAlive(hasty, "frames right behind the upgrade");
    },
  },
  {
    title: "[SOCK11] headers that never end are cut off",
    async run(scene) {
      const endless = await scene.connection();
      endless.send(`GET /socket HTTP/1.1\r\nHost: ${new URL(scene.url).host}\r\n`);
      for (let index = 0; index < 5_000 && !endless.over; index++) {
        endless.send(`X-Endless-${index}: ${"x".repeat(50)}\r\n`);
        if (index % 100 === 0) await Bun.sleep(1);
      }
      await expectRefusal(endless, [431, 400]);
      const line = await scene.connection();
      line.send(`GET /${"x".repeat(200_000)} HTTP/1.1\r\n`);
      await expectRefusal(line, [431, 414, 400]);
    },
  },
  {
    title: "[SOCK11] a head that goes on slowly is cut off, and so is one that stops",
    async run(scene) {
      const sockets = await Promise.all(Array.from({ length: SLOW_SOCKETS }, () => scene.tcp()));
      for (const socket of sockets) socket.send(`GET /socket HTTP/1.1\r\nHost: ${new URL(scene.url).host}\r\nX: `);
      const dripping = setInterval(() => {
        for (const socket of sockets.slice(SLOW_SOCKETS / 2)) socket.send("x");
      }, 1_000);
      const timeUp = Promise.withResolvers<string>();
      const timer = setTimeout(() => timeUp.resolve("they are still open"), PATIENCE_MS);
      const ended = Promise.all(sockets.map((socket) => socket.ended)).then(() => "ended");
      expectEqual(await Promise.race([ended, timeUp.promise]), "ended", "what became of slow sockets");
      clearInterval(dripping);
      clearTimeout(timer);
    },
  },
  {
    title: "sockets that never say Hello are closed, whatever they do instead",
    async run(scene) {
      const sockets = await Promise.all(Array.from({ length: SILENT_SOCKETS }, () => scene.socket()));
      const pinging = setInterval(() => {
        for (const socket of sockets.filter(({ over }) => !over)) socket.send({ case: "ping", value: { nonce: 1 } });
      }, 1_000);
      try {
        for (const socket of sockets)
          expectThat(REFUSALS.has((await endOf(socket, "silence")).code), "SILENT or RATE_LIMITED", await socket.ended);
      } finally {
        clearInterval(pinging);
      }
    },
  },
  {
    title: "[SOCK10] upgrades that are none, and one that offers compression",
    async run(scene) {
      const right = upgradeHeaders("proto", scene.attacker().seat.token);
      const wrong: Readonly<Record<string, Record<string, string>>> = {
        "no key": { "Sec-WebSocket-Key": "" },
        "a short key": { "Sec-WebSocket-Key": "x" },
        "a long key": { "Sec-WebSocket-Key": "x".repeat(5_000) },
        "another protocol": { Upgrade: "h2c" },
        "no subprotocol": { "Sec-WebSocket-Protocol": "" },
        "a subprotocol of a later version": { "Sec-WebSocket-Protocol": "parley.v2.proto" },
        "a thousand subprotocols": {
          "Sec-WebSocket-Protocol": Array.from({ length: 1_000 }, (_, i) => `p${i}`).join(","),
        },
        "the page of another site": { Origin: "https://evil.example" },
        "an origin that is none": { Origin: "null" },
        "another name": { Host: "evil.example" },
        "a name that is none": { Host: "[::" },
      };
      for (const [what, headers] of Object.entries(wrong)) {
        const socket = await scene.socket({ headers });
        const status = await socket.answered;
        // A key is not the server's to judge: it is echoed in a digest.
        const allowed = what.includes("key") ? [101, 400, 426] : [400, 403, 426];
        expectThat(allowed.includes(status), `a refusal of ${what}`, status);
        socket.close();
      }
      const extension = { ...right, "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" };
      const offering = await scene.socket({ headers: extension });
      expectEqual(await offering.answered, 101, "the status of an upgrade that offers compression");
    },
  },
  {
    title: "requests that are no HTTP",
    async run(scene) {
      const { host } = new URL(scene.url);
      const nonsense: Readonly<Record<string, string>> = {
        "random bytes": `${String.fromCharCode(22, 3, 1, 2, 0, 1, 0)}${"\u0000".repeat(100)}\r\n\r\n`,
        "no version": `GET /\r\nHost: ${host}\r\n\r\n`,
        "version 9": `GET / HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
        "no host": "GET / HTTP/1.1\r\n\r\n",
        "no method": ` / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        "a NUL in a header": `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\u0000b\r\n\r\n`,
        "a header without a name": `GET / HTTP/1.1\r\nHost: ${host}\r\n: x\r\n\r\n`,
        "a folded header": `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\r\n b\r\n\r\n`,
        "a path up and out": `GET /../../../../etc/passwd HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        "a coded path up and out": `GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        "a path of broken codes": `GET /%zz%00%ff HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        "an address as a path": `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        "two lengths": `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx`,
        "a length and pieces": `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        "a length below zero": `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: -1\r\n\r\nx`,
        "a length beyond all numbers": `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${"9".repeat(40)}\r\n\r\nx`,
        "a piece of a size that is none": `POST / HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n`,
        "a piece beyond all numbers": `POST / HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n${"f".repeat(20)}\r\nx`,
      };
      for (const [what, request] of Object.entries(nonsense)) {
        const connection = await scene.connection();
        connection.send(request);
        const response = await connection.next(3_000);
        expectThat(
          response === undefined || response.status >= 200,
          `an answer or an end after ${what}`,
          response?.status,
        );
        const text = new TextDecoder().decode(response?.body);
        expectThat(!text.includes("root:"), `no file of the machine after ${what}`);
        connection.close();
      }
    },
  },
  {
    title: "a thousand requests in a row on one connection are answered in their order",
    async run(scene) {
      const connection = await scene.connection();
      const request = `GET /healthz HTTP/1.1\r\nHost: ${new URL(scene.url).host}\r\n\r\n`;
      connection.send(request.repeat(1_000));
      for (let index = 0; index < 1_000; index++) {
        expectEqual((await connection.next(PATIENCE_MS))?.status, 200, `the status of answer ${index}`);
      }
    },
  },
];

/** SILENT; or RATE_LIMITED, where one account opens more sockets than it may. */
const REFUSALS = new Set([4_016, 4_010]);

async function expectRefusal(connection: Awaited<ReturnType<HostileScene["connection"]>>, statuses: readonly number[]) {
  const response = await connection.next(PATIENCE_MS);
  if (response !== undefined)
    expectThat(statuses.includes(response.status), `one of ${statuses.join(", ")}`, response.status);
  else expectThat(connection.over, "an answer or the end of the connection");
}
