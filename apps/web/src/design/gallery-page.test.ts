import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PRIMITIVES = join(import.meta.dir, "primitives");
const GALLERY = join(import.meta.dir, "../../gallery");
/** They draw nothing that can be seen. */
const unseen = ["announcer.tsx", "dialog-stack.tsx", "hidden.tsx"];

test("every primitive that can be seen is on the page of the design system", () => {
  const page = readdirSync(GALLERY)
    .filter((file) => file.startsWith("gallery-") && file.endsWith(".tsx"))
    .map((file) => readFileSync(join(GALLERY, file), "utf8"))
    .join("");
  const primitives = readdirSync(PRIMITIVES).filter((file) => file.endsWith(".tsx") && !unseen.includes(file));
  expect(primitives.filter((file) => !page.includes(`/primitives/${file}"`))).toEqual([]);
});
