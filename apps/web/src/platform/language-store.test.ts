import { expect, test } from "bun:test";
import { MapStorage } from "../hosts/test-support/map-storage.ts";
import { de } from "../texts/de.ts";
import { en } from "../texts/en.ts";
import { LanguageStore } from "./language-store.ts";

/** A tab. @param tabs of the same browser, which tell each other what they keep */
function windowOf(languages: readonly string[], localStorage = new MapStorage(), tabs: Tabs = []) {
  const tell: Tabs[number] = (event) => {
    for (const listener of listeners) listener(event);
  };
  const listeners: Tabs[number][] = [];
  tabs.push(tell);
  return {
    localStorage: {
      getItem: (key: string) => localStorage.getItem(key),
      setItem: (key: string, value: string) => {
        localStorage.setItem(key, value);
        for (const tab of tabs) if (tab !== tell) tab({ key });
      },
    },
    addEventListener: (_type: "storage", listener: Tabs[number]) => void listeners.push(listener),
    navigator: { languages },
    document: { documentElement: { lang: "", dir: "" } },
  };
}

type Tabs = ((event: { readonly key: string | null }) => void)[];

test("the browser's language is spoken, with the dates of its region, until another one is chosen, which is kept", async () => {
  const storage = new MapStorage();
  const window = windowOf(["de-AT", "en-US"], storage);
  const opened = await LanguageStore.open(window);
  expect([opened.choice.get(), opened.speech.get().texts]).toEqual(["system", de]);
  expect(opened.speech.get().format.day(Date.UTC(2024, 0, 2, 12), Date.UTC(2026, 0, 2))).toContain("Jänner");
  expect(window.document.documentElement).toEqual({ lang: "de", dir: "ltr" });
  await opened.choose("en");
  expect([opened.choice.get(), opened.speech.get().texts, window.document.documentElement.lang]).toEqual([
    "en",
    en,
    "en",
  ]);

  const again = windowOf(["de-AT"], storage);
  const reopened = await LanguageStore.open(again);
  expect([reopened.choice.get(), reopened.speech.get().texts]).toEqual(["en", en]);
  await reopened.choose("system");
  expect((await LanguageStore.open(again)).speech.get().texts).toBe(de);
});

test("the last choice counts, and the same language is not spoken anew", async () => {
  const store = await LanguageStore.open(windowOf(["en-US"]));
  let spoken = 0;
  store.speech.subscribe(() => ++spoken);
  await Promise.all([store.choose("de"), store.choose("en"), store.choose("system")]);
  expect([store.choice.get(), spoken]).toEqual(["system", 0]);
  expect(store.speech.get().texts).toBe(en);
});

test("what was kept by a Parley with other languages is no choice", async () => {
  const storage = new MapStorage();
  storage.setItem("parley.language", "tlh");
  const store = await LanguageStore.open(windowOf(["en"], storage));
  expect([store.choice.get(), store.speech.get().code]).toEqual(["system", "en"]);
});

test("what one tab chooses is spoken in the others, too, and they do not answer each other for ever", async () => {
  const storage = new MapStorage();
  const tabs: Tabs = [];
  const [here, there] = [windowOf(["en-US"], storage, tabs), windowOf(["en-US"], storage, tabs)];
  const [one, other] = [await LanguageStore.open(here), await LanguageStore.open(there)];
  await one.choose("de");
  await Bun.sleep(0);
  expect([other.choice.get(), other.speech.get().texts, there.document.documentElement.lang]).toEqual(["de", de, "de"]);
  let told = 0;
  tabs.push(() => ++told);
  await other.choose("system");
  await Bun.sleep(0);
  expect([one.choice.get(), one.speech.get().texts, told]).toEqual(["system", en, 1]);
});
