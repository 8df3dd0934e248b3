import { expect, test } from "bun:test";
import { Departures } from "./departures.ts";

test("what is sent because one device departs overtakes no other that waits", () => {
  const departures = new Departures();
  const sent: string[] = [];
  const publish = () => {
    departures.flush();
    sent.push("published");
  };
  departures.add({
    depart() {
      sent.push("first");
      publish();
    },
  });
  departures.add({ depart: () => sent.push("second") });
  departures.flush();
  expect(sent).toEqual(["first", "second", "published"]);
});

test("each departs once, at the end of the turn at the latest, and again with what it sends then", async () => {
  const departures = new Departures();
  const sent: string[] = [];
  const device = { depart: () => sent.push("departed") };
  departures.add(device);
  departures.flush();
  departures.flush();
  expect(sent).toEqual(["departed"]);
  departures.add(device);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toEqual(["departed", "departed"]);
});
