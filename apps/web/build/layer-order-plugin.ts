import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const ORDER = readFileSync(new URL("../src/design/styles/layers.css", import.meta.url), "utf8").replace(
  /\/\*.*?\*\//gsu,
  "",
);

/** Has every style say the order of the layers: the bundler decides which file of styles a page reads first, and the first that names the layers decides. */
export function layerOrderPlugin(): Plugin {
  return {
    name: "parley-layer-order",
    enforce: "pre",
    transform: (code, id) => (/\.css$/u.test(id) ? { code: `${ORDER.trim()}\n${code}`, map: null } : undefined),
  };
}
