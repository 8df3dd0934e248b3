import { expect, test } from "bun:test";
import { MapStorage } from "../hosts/test-support/map-storage.ts";
import { de } from "../texts/de.ts";
import { en } from "../texts/en.ts";
import { LanguageStore } from "./language-store.ts";

function windowOf(languages: readonly string[], localStorage = new MapStorage()) {
  return { localStorage, navigator: { languages }, document: { documentElement: { lang: "", dir: "" } } };
}

test("the browser's language is spoken, with the dates of its region, until another one is chosen, which is kept", async () => {
  const window = windowOf(["de-AT", "en-US"]);
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

  const again = windowOf(["de-AT"], window.localStorage);
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
