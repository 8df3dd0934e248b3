import "../src/design/styles/layers.css";
import "../src/design/styles/tokens.css";
import "../src/design/styles/base.css";
import { createRoot } from "react-dom/client";
import { App } from "../src/app/app.tsx";
import { AppViewModel } from "../src/app/app-view-model.ts";
import type { KeptDraft } from "../src/features/conversation/view-model/draft-keeper.ts";
import { Emojis } from "../src/features/emoji/view-model/emojis.ts";
import { browserClock } from "../src/hosts/browser/browser-clock.ts";
import { ObservedValue } from "../src/observable/observed-value.ts";
import { openAppearance } from "../src/platform/appearance-store.ts";
import { observeAttention, whenSeen } from "../src/platform/attention.ts";
import { copyText } from "../src/platform/copy-text.ts";
import { fetchEmojis } from "../src/platform/fetch-emojis.ts";
import { HashRouter } from "../src/platform/hash-router.ts";
import { keepFocus } from "../src/platform/keep-focus.ts";
import { LocalEmojiMemory } from "../src/platform/local-emoji-memory.ts";
import { pictureAddresses } from "../src/platform/picture-addresses.ts";
import { demoAccounts } from "./demo/demo-accounts.ts";
import type { DemoConversation } from "./demo/demo-conversation.ts";
import { demoConversations } from "./demo/demo-data.ts";
import { DemoEngine, newId } from "./demo/demo-engine.ts";
import { demoLanguage } from "./demo/demo-language.ts";
import { demoOutbox } from "./demo/demo-outbox.ts";
import { type DemoPerson, demoPeople } from "./demo/demo-people.ts";

/**
 * The whole app on an engine without a server. `?signed-out` begins at the account screen; `?connection=KIND`, `?disk-full`, `?outbox`,
 * `?notifications=blocked`, `?update`, `?join` (by a link), `?many=2000` (conversations) and `?language=pseudo` show how those look.
 */
const parameters = new URLSearchParams(window.location.search);
const appearance = openAppearance(window);
const wantedTheme = parameters.get("theme");
if (wantedTheme === "light" || wantedTheme === "dark") appearance.theme.set(wantedTheme);

const nobody = () => Promise.reject(new Error("The demo has no engine to look into."));
const noInspector = { look: nobody, resync: nobody, setTrouble: nobody, bundle: nobody };
const drafts = new Map<string, KeptDraft>();
const replies = new Map<string, string>();
void compose();

async function compose(): Promise<void> {
  const language = await demoLanguage(window, parameters.get("language"));
  const model = new AppViewModel({
    accounts: demoAccounts(!parameters.has("signed-out"), parameters.has("unended")),
    memory: { read: () => undefined, write: () => {}, clear: () => {}, onChange: () => {} },
    openEngine: (account) => openDemo(account),
    draftKeeper: () => ({
      read: (conversation) => drafts.get(conversation),
      write: (conversation, kept) => void drafts.set(conversation, kept),
      clear: (conversation) => void drafts.delete(conversation),
      readReply: (conversation) => replies.get(conversation),
      writeReply: (conversation, message) => {
        if (message === undefined) replies.delete(conversation);
        else replies.set(conversation, message);
      },
      clearAll: () => drafts.clear(),
    }),
    emojis: (account) =>
      new Emojis(
        () => fetchEmojis(document, language.speech.get()),
        new LocalEmojiMemory(window.localStorage, account),
      ),
    router: new HashRouter(window),
    clock: browserClock,
    secure: window.isSecureContext,
    attention: observeAttention(window),
    whenSeen: (listener) => whenSeen(window, listener),
    appearance,
    notifications: {
      state: new ObservedValue(parameters.get("notifications") === "blocked" ? ("blocked" as const) : ("off" as const)),
      switchOn: async () => {},
      switchOff: () => {},
      remind: () => {},
    },
    keptStorage: {
      report: new ObservedValue({ kept: false, usedBytes: 3_400_000 }),
      refresh: () => {},
      ask: () => {},
    },
    inspecting: new ObservedValue(false),
    saveFile: () => {},
    updates: { ready: new ObservedValue(parameters.has("update")), look: () => {}, reload: () => {} },
    language,
    speech: language.speech,
    newId,
    inviteLinks: demoLinks(),
    copyText,
    pictureAddresses,
  });
  keepFocus(document);
  const root = document.getElementById("app");
  if (root !== null) createRoot(root).render(<App model={model} />);
  void model.start();
}

/** A link was opened where that is asked for. */
function demoLinks() {
  let opened = parameters.has("join") ? "demo" : undefined;
  return {
    get opened() {
      return opened;
    },
    settle: () => {
      opened = undefined;
    },
    linkOf: (code: string) => `${window.location.origin}/join#${code}`,
  };
}

/** The first two with one person: one that somebody made, and one that oneself did. */
function makeRequests(conversations: readonly DemoConversation[]): void {
  const [made, sent] = conversations.filter((conversation) => conversation.view().kind === "direct");
  if (made !== undefined) made.request = "open";
  if (sent !== undefined) sent.request = "sent";
}

function openDemo(account: DemoPerson) {
  const self = demoPeople.find((person) => person.account === account.account) ?? account;
  const conversations = parameters.has("empty")
    ? []
    : demoConversations(self, Date.now(), Number(parameters.get("many") ?? 0));
  if (parameters.has("requests")) makeRequests(conversations);
  const engine = new DemoEngine(self, conversations, parameters.has("disk-full") ? "storage-full" : undefined);
  const kind = parameters.get("connection");
  if (kind === "waiting") engine.connection.set({ kind, retryAt: Date.now() + 17_000, why: "unreachable" });
  if (kind === "no-room" || kind === "offline" || kind === "syncing" || kind === "signed-out" || kind === "superseded")
    engine.connection.set({ kind });
  if (parameters.has("outbox")) engine.outbox.set(demoOutbox(engine.conversations.get().conversations, Date.now()));
  window.addEventListener("demo-connection", (event) => {
    if (event instanceof CustomEvent) engine.connection.set({ kind: event.detail });
  });
  window.addEventListener("demo-type", (event) => {
    if (event instanceof CustomEvent) engine.type(event.detail.conversation, event.detail.names);
  });
  // Lets a test make somebody write, or react.
  window.addEventListener("demo-react", (event) => {
    if (event instanceof CustomEvent)
      void engine.react("", event.detail.conversation, event.detail.message, "🦔", true);
  });
  window.addEventListener("demo-arrive", (event) => {
    if (event instanceof CustomEvent) engine.arrive(event.detail.conversation, event.detail.text);
  });
  return {
    engine,
    handOff: () => true,
    inspector: noInspector,
    state: new ObservedValue({ kind: "running", kept: true } as const),
    rebuild: () => {},
    signOut: async () => {},
    close: () => {},
  };
}
