import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "@parley/protocol";
import type { SeededRandom } from "@parley/simulation";
import type { Outcome, PlayOptions, Scenario } from "../scenario.ts";
import { countsOf } from "../stage/counts-of.ts";
import { until } from "../stage/patience.ts";
import { Stage } from "../stage/stage.ts";
import { storedEvents } from "../stage/stored-events.ts";

/** The shortest that there is. */
const TIMER_SECONDS = 5;
/** Somebody writes, and all read it: from then on something is due at every moment. */
const WRITE_EVERY_MS = 150;
const READ_EVERY_MS = 300;
const KILL_WITHIN_MS = 1_200;
const DOWN_AT_MOST_MS = 900;
const START_MS = 600;
const SENT_WITHIN_MS = 20_000;
/** Marks are sent once a second, and what is due is done at once. */
const QUIET_MS = 2_500;
/** What is erased leaves the files a minute later, or two. */
const FORGOTTEN_WITHIN_MS = 150_000;

/** `kill -9` around the moments at which messages disappear, and scheduled ones are to be posted. */
export const killedWhenDue: Scenario = {
  name: "killed-when-due",
  title:
    "kill -9 between due and done: what is due is erased to the last byte, or posted once, and nothing else is lost",
  share: 0.5,
  async play({ random, folder, times }: PlayOptions): Promise<Outcome> {
    const stage = await Stage.open({ random, folder, people: 4, devicesEach: 1, actionsPerSecond: 40 });
    const brief = new BriefTalk(stage, random.fork("brief talk"));
    try {
      await stage.begin();
      await brief.begin();
      stage.crowd.work();
      await Bun.sleep(TIMER_SECONDS * 1_000);
      let overdue = 0;
      for (let kills = 0; kills < times; kills++) {
        await Bun.sleep(random.integer(0, KILL_WITHIN_MS));
        // What is due while it stands still is never done by this process.
        if (random.chance(0.3)) stage.server.freeze();
        await Bun.sleep(random.integer(0, DOWN_AT_MOST_MS / 3));
        await stage.server.kill();
        await Bun.sleep(random.integer(0, DOWN_AT_MOST_MS));
        overdue += leftAt(folder, Date.now()).length;
        if (random.chance(0.3)) await stage.server.startAndKill(random.integer(1, START_MS));
        await stage.server.start();
      }
      if (overdue === 0) throw new Error("Nothing was due when the server came back.");
      stage.crowd.rest();
      await brief.end();
      const violations = await stage.judge();
      const erased = erasedAmong(storedEvents(folder));
      const reported = reportedIn(stage);
      const isGone = (id: string) => erased.has(id) && !reported.has(id);
      const secrets = [...brief.secrets].filter(([id]) => isGone(id)).map(([, secret]) => secret);
      if (secrets.length === 0) throw new Error("Nothing has disappeared.");
      await until(
        () => findings(folder, secrets).length === 0,
        FORGOTTEN_WITHIN_MS,
        () => `left in the files: ${findings(folder, secrets).join(", ")}`,
      );
      return { violations, counts: { kills: times, overdue, disappeared: secrets.length, ...countsOf(stage) } };
    } finally {
      brief.stop();
      await stage.close();
    }
  },
};

/** People who write, in a group of their own, what is to disappear once it was read, and read it at once. */
class BriefTalk {
  /** What no other message says, by the id of the message. */
  readonly secrets = new Map<string, string>();
  readonly #stage: Stage;
  readonly #random: SeededRandom;
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #group = "";

  constructor(stage: Stage, random: SeededRandom) {
    this.#stage = stage;
    this.#random = random;
  }

  async begin(): Promise<void> {
    this.#group = await this.#stage.foundBrief(TIMER_SECONDS);
    this.#timers.push(
      setInterval(() => this.#write(), WRITE_EVERY_MS),
      setInterval(() => this.#read(), READ_EVERY_MS),
    );
  }

  /** Nothing is written any more; what was read is over, and erased. */
  async end(): Promise<void> {
    clearInterval(this.#timers[0]);
    const waiting = () => this.#stage.devices.some(({ run }) => (run?.engine.conversations.get().pending ?? 0) > 0);
    await until(
      () => !waiting(),
      SENT_WITHIN_MS,
      () => "what was written is not sent",
    );
    const { folder } = this.#stage.server;
    for (let before = -1, now = 0; now !== before; now = storedEvents(folder).length) {
      before = now;
      await Bun.sleep(TIMER_SECONDS * 1_000 + QUIET_MS);
    }
    const left = leftAt(folder, Date.now() - QUIET_MS);
    if (left.length > 0) throw new Error(`Not erased: ${left.join(", ")}`);
    this.stop();
  }

  stop(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
  }

  #write(): void {
    const device = this.#random.pick(this.#stage.devices);
    if (device === undefined) return;
    const secret = `brief ${this.#random.integer(1e8, 1e9)} words`;
    const id = this.#stage.crowd.say(device, this.#group, secret);
    this.secrets.set(id, secret);
  }

  #read(): void {
    for (const { run } of this.#stage.devices) {
      const seen = run?.engine.conversations.get().conversations.find(({ id }) => id === this.#group);
      if (seen !== undefined) run?.engine.markRead(this.#group, Number.MAX_SAFE_INTEGER);
    }
  }
}

/** Messages that a report goes on telling. */
function reportedIn({ recorder: { history } }: Stage): Set<string> {
  const told = history.kept.flatMap(({ reports }) => reports.flatMap(({ messages }) => messages));
  return new Set(told.map(({ id }) => id));
}

/** Messages whose time is over and which are not erased. */
function leftAt(folder: string, now: number): string[] {
  const events = storedEvents(folder);
  const erased = erasedAmong(events);
  return events.flatMap(({ body }) => {
    if (body.case !== "expiryBegun" || body.value.at > now || erased.has(body.value.target)) return [];
    return [body.value.target];
  });
}

function erasedAmong(events: readonly Event[]): Set<string> {
  return new Set(events.flatMap(({ body }) => (body.case === "erased" ? [body.value.target] : [])));
}

/** Where a text is still, byte by byte. */
function findings(folder: string, secrets: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name));
    return secrets.filter((secret) => bytes.includes(secret)).map((secret) => `${secret} in ${name}`);
  });
}
