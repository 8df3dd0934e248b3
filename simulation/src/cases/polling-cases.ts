import { socketBlocks } from "../network/link.ts";
import type { Fate } from "../network/request-path.ts";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** More than it takes from a key press to the last thing that its acknowledgement brings about. */
const STEPS = 150;

/** Devices that poll, and requests that get lost, come twice, or find another server. */
export const pollingCases = {
  "a poll cut at any step": {
    rules: ["POLL3", "POLL4", "CMD1", "ORD5"],
    devices: [1, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      await putBehindProxy(stage, "ada-1");
      for (let step = 0; step < STEPS; step += 1 + Math.floor(step / 15)) {
        const said = ["ada-1", "ben-1"].map((name) => stage.post(name, conversation, `${step} of ${name}`));
        await take(stage, step);
        link.breakAll({ client: step % 3 > 0, server: step % 2 > 0 });
        await stage.untilJudged(...said);
        await untilPolling(stage, "ada-1");
      }
    },
  },

  "a batch that was taken in, and whose answer is lost": {
    rules: ["POLL3", "CMD1"],
    devices: [1, 1],
    play: (stage) => talkWhile(stage, "ada-1", "/send/", "answer lost"),
    atRest: expectEachOnce,
  },

  "a batch whose request is lost": {
    rules: ["POLL3", "OUT1"],
    devices: [1, 1],
    play: (stage) => talkWhile(stage, "ada-1", "/send/", "never arrives"),
    atRest: expectEachOnce,
  },

  "a batch that comes again, and late": {
    rules: ["POLL3", "ORD5"],
    devices: [1, 1, 1],
    play: (stage) => talkWhile(stage, "cleo-1", "/send/", "arrives twice"),
    atRest: expectEachOnce,
  },

  "a batch that gets lost on its way down": {
    rules: ["POLL4", "SYN5"],
    devices: [1, 1],
    play: (stage) => talkWhile(stage, "ada-1", "/receive/", "answer lost"),
    atRest: expectEachOnce,
  },

  "a batch that breaks off on its way down": {
    rules: ["POLL4", "SYN5"],
    devices: [1, 1],
    play: (stage) => talkWhile(stage, "ada-1", "/receive/", "answer cut"),
    atRest: expectEachOnce,
  },

  "a batch that is asked for twice at once": {
    rules: ["POLL4", "POLL5"],
    devices: [1, 1, 1],
    play: (stage) => talkWhile(stage, "cleo-1", "/receive/", "arrives twice"),
    atRest: expectEachOnce,
  },

  "a frozen owner that polls, and thaws beside the one that replaced it": {
    rules: ["POLL5", "POLL7", "STO2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      await putBehindProxy(stage, "ada-1");
      for (let round = 0; round < 6; round++) {
        const said = [0, 1, 2].map((index) => stage.post("ada-1", conversation, `${round}.${index}`));
        await take(stage, 10 + round * 9);
        const former = stage.owner("ada-1");
        ada.freeze();
        await world.run(200);
        ada.start();
        await untilPolling(stage, "ada-1");
        said.push(stage.post("ada-1", conversation, `again ${round}`));
        // Some come back while the server still knows their poll, others do not.
        await world.run(round % 2 === 0 ? 40_000 : 100);
        ada.thaw();
        said.push(stage.post("ben-1", conversation, `meanwhile ${round}`));
        await world.until(() => former.engine.connection.get().kind === "superseded");
        // What the owner had not stored when it froze, nobody was told to be queued.
        await stage.untilJudged(...said.filter((id) => ada.typed.get(id)?.durable !== false));
      }
    },
  },

  "a poll that is given up, and answers after all": {
    rules: ["POLL4", "POLL7", "CON2"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      await putBehindProxy(stage, "ada-1");
      for (let round = 0; round < 6; round++) {
        const said = ["ada-1", "ben-1"].map((name) => stage.post(name, conversation, `${round} of ${name}`));
        await take(stage, round * 6);
        link.silence(false);
        // It asks whether the poll still works, and is not answered.
        link.mislead();
        said.push(stage.post("ben-1", conversation, `meanwhile ${round}`));
        await world.until(() => stage.owner("ada-1").engine.connection.get().kind === "offline");
        await world.run(round * 1_000);
        link.restore();
        await stage.untilJudged(...said);
        await untilPolling(stage, "ada-1");
        await world.run(3_000);
      }
    },
  },

  "a socket that takes over in the midst of a poll, and is cut again": {
    rules: ["CON5", "CON6", "ORD5"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      for (let round = 0; round < 8; round++) {
        await putBehindProxy(stage, "ada-1");
        link.block = undefined;
        const said: string[] = [];
        const talk = () => {
          for (const name of ["ada-1", "ben-1"])
            said.push(stage.post(name, conversation, `${said.length} of ${round}`));
        };
        while (link.requests.waits("/receive/")) {
          talk();
          await world.run(40);
        }
        talk();
        await take(stage, round * 5);
        await stage.untilOnline("ada-1");
        await stage.untilJudged(...said);
        expectThat("it stays with the socket", !link.requests.waits("/receive/"));
      }
    },
  },

  "sockets blocked in every way, and let through again": {
    rules: ["CON5", "CON6"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      for (const block of socketBlocks) {
        link.block = block;
        link.breakSockets({ client: true, server: false });
        const said = [];
        for (let index = 0; index < 20; index++) {
          said.push(stage.post("ada-1", conversation, `${block} ${index}`));
          await world.run(1_500);
        }
        await stage.untilJudged(...said);
        if (block !== "cut") expectThat(`it polls where sockets are ${block}`, link.requests.waits("/receive/"));
        link.block = undefined;
        await world.until(() => !link.requests.waits("/receive/"), 500_000);
        await stage.untilOnline("ada-1");
      }
    },
  },

  "a server that ends and begins again amid polls": {
    rules: ["POLL6", "POLL7", "CON3"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const { server } = world;
      const conversation = await stage.group("ada-1", "ben-1", "cleo-1");
      for (const name of ["ada-1", "cleo-1"]) await putBehindProxy(stage, name);
      for (let round = 0; round < 9; round++) {
        const said = ["ada-1", "cleo-1"].map((name) => stage.post(name, conversation, `${round} of ${name}`));
        await take(stage, 5 + round * 7);
        if (round % 3 === 0) await world.time.await(server.stop(), 10_000, world.inspectStep);
        else server.crash(round % 3 === 1);
        said.push(stage.post("ada-1", conversation, `${round} without a server`));
        await world.run(300);
        await world.time.await(server.start(), 10_000, world.inspectStep);
        await stage.untilJudged(...said);
        for (const name of ["ada-1", "cleo-1"]) await untilPolling(stage, name);
      }
    },
  },

  "a captive portal on the way": {
    rules: ["CON7", "CON4"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      const connection = () => stage.owner("ada-1").engine.connection.get();
      for (const polls of [false, true]) {
        if (polls) await putBehindProxy(stage, "ada-1");
        link.requests.portal = true;
        link.breakAll({ client: true, server: false });
        const said = stage.post("ada-1", conversation, `before it opens ${polls}`);
        await world.until(() => {
          const view = connection();
          return view.kind === "waiting" && view.why === "foreign";
        });
        await world.run(20_000);
        expectThat("it waits", !stage.judged(said) && connection().kind !== "signed-out");
        link.requests.portal = false;
        await stage.untilJudged(said);
      }
    },
  },

  "a network that is believed lost, and one that is": {
    rules: ["CON2", "CON8"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      await stage.group("ada-1", "ben-1");
      const { link } = stage.device("ada-1");
      const kind = () => stage.owner("ada-1").engine.connection.get().kind;
      for (const polls of [false, true]) {
        if (polls) await putBehindProxy(stage, "ada-1");
        await stage.untilOnline("ada-1");
        link.mislead();
        for (let second = 0; second < 10; second++) {
          await world.run(1_000);
          expectThat("what works is kept", kind() === "online");
        }
        link.restore();
        await world.run(5_000);
        link.takeDown(false);
        await world.until(() => kind() === "offline", 10_000);
        link.restore();
        await stage.untilOnline("ada-1");
      }
    },
  },
} satisfies Record<string, Case>;

/** From now on the device cannot be reached by socket, and polls. */
async function putBehindProxy(stage: Stage, name: string): Promise<void> {
  const { link } = stage.device(name);
  await stage.untilOnline(name);
  link.block = "refused";
  link.breakSockets({ client: true, server: true });
  await untilPolling(stage, name);
}

async function untilPolling(stage: Stage, name: string): Promise<void> {
  const { link } = stage.device(name);
  await stage.world.until(() => link.requests.waits("/receive/"));
  await stage.untilOnline(name);
}

async function take(stage: Stage, steps: number): Promise<void> {
  const { world } = stage;
  for (let taken = 0; taken < steps; taken++) {
    await world.time.step();
    world.inspectStep();
  }
}

const ROUNDS = 12;
const BURST = 6;

/** A device that polls and another one talk in bursts; in each of them the first requests of one kind have this fate. */
async function talkWhile(stage: Stage, name: string, part: string, fate: Fate): Promise<void> {
  const { world } = stage;
  const conversation = await stage.group(name, "ben-1");
  await putBehindProxy(stage, name);
  for (let round = 0; round < ROUNDS; round++) {
    let left = 1 + (round % 3);
    stage.device(name).link.requests.fateOf = (path) => (path.includes(part) && left-- > 0 ? fate : "arrives");
    for (let index = 0; index < BURST; index++) {
      stage.post(name, conversation, `${round}.${index}`);
      stage.post("ben-1", conversation, `to ${round}.${index}`);
      await world.run(round * 10);
    }
    await world.run(6_000);
  }
  const again = world.coverage.get(`request ${fate}`);
  expectThat(`requests had this fate (${again})`, again >= ROUNDS);
}

function expectEachOnce(stage: Stage): void {
  const [conversation = ""] = [...stage.world.truth.ledger.logs.keys()].filter((id) => stage.texts(id).includes("0.0"));
  const texts = stage.texts(conversation);
  for (const from of ["", "to "]) {
    const expected = Array.from(
      { length: ROUNDS * BURST },
      (_, index) => `${from}${Math.floor(index / BURST)}.${index % BURST}`,
    );
    const said = texts.filter((text) => expected.includes(text ?? ""));
    expectThat("each message is there once, in its order", said.join() === expected.join());
  }
}
