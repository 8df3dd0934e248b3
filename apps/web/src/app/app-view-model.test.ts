import { beforeEach, describe, expect, test } from "bun:test";
import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import { Emojis } from "../features/emoji/view-model/emojis.ts";
import { HandOffs } from "../hosts/tab-side/hand-offs.ts";
import { RemoteEngine } from "../hosts/tab-side/remote-engine.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { MapEmojiMemory, sampleEmojis } from "../testing/sample-emojis.ts";
import { de } from "../texts/de.ts";
import { en, type Texts } from "../texts/en.ts";
import { enInspector } from "../texts/en-inspector.ts";
import type { Speech } from "../texts/speech.ts";
import { TimeFormat } from "../texts/time-format.ts";
import type { CurrentAccount } from "./account-service.ts";
import type { AppPorts } from "./app-ports.ts";
import { AppViewModel } from "./app-view-model.ts";
import type { EngineHomeState } from "./engine-home.ts";
import type { Route } from "./route.ts";

const ana: SignedInAccount = { account: "a", userName: "ana", displayName: "Ana" };
const ben: SignedInAccount = { account: "b", userName: "ben", displayName: "Ben" };

/** Who this browser remembers, and what tells of a change by another tab. */
let remembered: SignedInAccount | undefined;
let changedElsewhere: () => void;
/** Answers the question of who is signed in. */
let answer: (current: CurrentAccount) => Promise<void>;
let opened: string[];
let closed: string[];
let speech: ObservedValue<Speech>;
let app: AppViewModel;

beforeEach(() => {
  remembered = undefined;
  opened = [];
  closed = [];
  speech = new ObservedValue(speechIn("en", en));
  app = new AppViewModel(ports());
});

describe("who is signed in", () => {
  test("[OPN5] opens at once for who is remembered, and goes on for them", async () => {
    remembered = ana;
    void app.start();
    expect(opened).toEqual(["a"]);
    await answer({ kind: "signed-in", account: { ...ana, displayName: "Ana L." } });
    expect(opened).toEqual(["a"]);
    expect(remembered).toMatchObject({ displayName: "Ana L." });
  });

  test("[STO11] is another tab's word, where it came after the server was asked", async () => {
    remembered = ana;
    void app.start();
    remembered = ben;
    changedElsewhere();
    await answer({ kind: "signed-in", account: ana });
    expect(opened).toEqual(["a", "b"]);
    expect(remembered).toBe(ben);
  });

  test("[STO6] is nobody, where somebody signed out while the server was asked", async () => {
    remembered = ana;
    void app.start();
    remembered = undefined;
    changedElsewhere();
    await answer({ kind: "signed-in", account: ana });
    expect(remembered).toBeUndefined();
    expect(app.get().kind).toBe("accounts");
  });

  test("[STO11] nothing that is open in one session is open in the next", () => {
    remembered = ana;
    void app.start();
    const before = app.get();
    remembered = ben;
    changedElsewhere();
    const after = app.get();
    if (before.kind !== "session" || after.kind !== "session") throw new Error("nobody is signed in");
    expect(after.key).not.toBe(before.key);
  });
});

describe("another language", () => {
  test("makes the session anew for the same person, on the engine that runs", () => {
    remembered = ana;
    void app.start();
    const before = app.get();
    speech.set(speechIn("de", de));
    const after = app.get();
    if (before.kind !== "session" || after.kind !== "session") throw new Error("nobody is signed in");
    expect(after.session).not.toBe(before.session);
    expect([after.key, after.session.language, after.texts]).toEqual([before.key, "de", de]);
    expect([opened, closed]).toEqual([["a"], []]);
    remembered = ben;
    changedElsewhere();
    expect([opened, closed]).toEqual([["a", "b"], ["a"]]);
  });

  test("is spoken on the screen that signs in", async () => {
    void app.start();
    await answer({ kind: "signed-out" });
    speech.set(speechIn("de", de));
    expect(app.get()).toMatchObject({ kind: "accounts", texts: de });
  });
});

function speechIn(code: string, texts: Texts): Speech {
  return {
    code,
    texts,
    format: new TimeFormat(texts, code, () => "UTC"),
    inspectorTexts: async () => enInspector,
    emojiWords: async () => undefined,
  };
}

function ports(): AppPorts {
  const nothing = async () => undefined;
  let ids = 0;
  return {
    accounts: {
      current: () =>
        new Promise((resolve) => {
          answer = async (current) => {
            resolve(current);
            await Bun.sleep(0);
          };
        }),
      signUp: async () => ({ kind: "unreachable" }),
      signIn: async () => ({ kind: "unreachable" }),
      signOut: nothing,
      unended: new ObservedValue(false),
      findPeople: async () => [],
      setDisplayName: nothing,
      setPrivacy: nothing,
      devices: async () => [],
      revokeDevice: nothing,
      readsReports: async () => false,
      reports: async () => [],
      closeReport: nothing,
    },
    memory: {
      read: () => remembered,
      write: (account) => {
        remembered = account;
      },
      clear: () => {
        remembered = undefined;
      },
      onChange: (listener) => {
        changedElsewhere = listener;
      },
    },
    emojis: () => new Emojis(async () => sampleEmojis(), new MapEmojiMemory()),
    openEngine: (account) => {
      opened.push(account.account);
      const engine = new RemoteEngine(account, new HandOffs(undefined, account.account));
      return {
        engine,
        handOff: () => false,
        inspector: engine.inspector,
        state: new ObservedValue<EngineHomeState>({ kind: "starting" }),
        rebuild: () => undefined,
        signOut: nothing,
        close: () => closed.push(account.account),
      };
    },
    draftKeeper: () => ({
      read: () => undefined,
      write: nothing,
      clear: nothing,
      readReply: () => undefined,
      writeReply: nothing,
      clearAll: () => undefined,
    }),
    router: { route: new ObservedValue<Route>({ conversation: undefined }), go: nothing, replace: nothing },
    clock: new ManualClock(),
    secure: true,
    attention: new ObservedValue(true),
    whenSeen: () => () => undefined,
    appearance: {
      theme: new ObservedValue("system"),
      density: new ObservedValue("comfortable"),
      accent: new ObservedValue("indigo"),
    },
    keptStorage: { report: new ObservedValue(undefined), refresh: nothing, ask: nothing },
    notifications: { state: new ObservedValue("off"), switchOn: nothing, switchOff: nothing, remind: nothing },
    inspecting: new ObservedValue(false),
    saveFile: nothing,
    updates: { ready: new ObservedValue(false), look: nothing, reload: nothing },
    language: { choice: new ObservedValue<"system">("system"), choose: nothing },
    speech,
    newId: () => `id ${++ids}`,
    inviteLinks: { opened: undefined, settle: nothing, linkOf: (code) => code },
    copyText: nothing,
    pictureAddresses: { make: () => "", revoke: nothing },
  };
}
