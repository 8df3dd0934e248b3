import "./design/styles/layers.css";
import "./design/styles/tokens.css";
import "./design/styles/base.css";
import { whoAmI } from "@parley/accounts-client/who-am-i";
import { uuidV7 } from "@parley/protocol";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { AppViewModel } from "./app/app-view-model.ts";
import { fetchConversationPane } from "./app/late-conversation-pane.tsx";
import { Emojis } from "./features/emoji/view-model/emojis.ts";
import { browserClock } from "./hosts/browser/browser-clock.ts";
import { chooseHost } from "./hosts/choose-host.ts";
import { openAppearance } from "./platform/appearance-store.ts";
import { observeAttention, whenSeen } from "./platform/attention.ts";
import { copyText } from "./platform/copy-text.ts";
import { showUnreadInTitle } from "./platform/document-title.ts";
import { LocalDraftKeeper } from "./platform/draft-keeper.ts";
import { fetchEmojis } from "./platform/fetch-emojis.ts";
import { flushWhenClosed } from "./platform/flush-when-closed.ts";
import { HashRouter } from "./platform/hash-router.ts";
import { openInspectorSetting } from "./platform/inspector-setting.ts";
import { BrowserInviteLinks } from "./platform/invite-links.ts";
import { keepFocus } from "./platform/keep-focus.ts";
import { KeptStorage } from "./platform/kept-storage.ts";
import { LanguageStore } from "./platform/language-store.ts";
import { LocalAccountMemory } from "./platform/local-account-memory.ts";
import { LocalEmojiMemory } from "./platform/local-emoji-memory.ts";
import { BrowserNotifications } from "./platform/notifications.ts";
import { openUpdates } from "./platform/open-updates.ts";
import { pictureAddresses } from "./platform/picture-addresses.ts";
import { saveFile } from "./platform/save-file.ts";
import { ServerAccounts } from "./platform/server-accounts.ts";
import { SessionToEnd } from "./platform/session-to-end.ts";

/** The composition root: everything is made here, and nowhere else. */
async function compose(): Promise<void> {
  const { localStorage, location, navigator } = window;
  // What says something needs the words first.
  const language = await LanguageStore.open(window);
  const accountClient = async () => {
    const { createAccountClient } = await import("@parley/accounts-client");
    return createAccountClient({ address: location.origin });
  };
  const askWhoAmI = () => whoAmI({ address: location.origin });
  const memory = new LocalAccountMemory(window);
  const attention = observeAttention(window);
  const seen = (listener: () => void) => whenSeen(window, listener);
  // Before the address is read as that of a screen.
  const inviteLinks = new BrowserInviteLinks(window);
  const router = new HashRouter(window);
  const notifications = new BrowserNotifications(
    window,
    localStorage,
    () => language.speech.get().texts,
    ({ id, thread }) => router.go({ conversation: thread?.conversation ?? id, thread: thread?.root }),
  );
  const app = new AppViewModel({
    accounts: new ServerAccounts(askWhoAmI, accountClient, browserClock, new SessionToEnd(localStorage)),
    memory,
    openEngine: (account) => {
      const isSignedIn = () => memory.read()?.account === account.account;
      return chooseHost(account, {
        attention,
        isSignedIn,
        outlive: (owner, engine) => flushWhenClosed(window, owner, engine),
        whenSeen: seen,
        notify: (conversation, parent) => notifications.notify(conversation, parent),
        remind: (reminders) => app.remind(reminders),
        withdraw: (tag) => notifications.withdraw(tag),
      });
    },
    draftKeeper: (account) => new LocalDraftKeeper(localStorage, account),
    emojis: (account) =>
      new Emojis(() => fetchEmojis(document, language.speech.get()), new LocalEmojiMemory(localStorage, account)),
    router,
    clock: browserClock,
    secure: window.isSecureContext,
    attention,
    whenSeen: seen,
    appearance: openAppearance(window),
    // Missing where the address is not secure, whatever the types say.
    keptStorage: new KeptStorage("storage" in navigator ? navigator.storage : undefined),
    notifications,
    inspecting: openInspectorSetting(localStorage),
    saveFile: (name, text) => saveFile(document, name, text),
    updates: openUpdates(window, browserClock),
    language,
    speech: language.speech,
    newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    inviteLinks,
    copyText,
    pictureAddresses,
  });
  showUnreadInTitle(document, language.speech.get().texts.app.name, app);
  keepFocus(document);
  const root = document.getElementById("app");
  if (root !== null) createRoot(root).render(<App model={app} />);
  void app.start();
  // Together with what is read first. Whoever draws it tries again.
  if (router.route.get().conversation !== undefined) void fetchConversationPane().catch(() => undefined);
}

void compose();
