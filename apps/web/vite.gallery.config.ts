import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import { base } from "./vite.config.ts";

/** Builds the gallery instead of the app: the primitives, and the whole app on an engine without a server. For looking and for tests of views. */
const page = (name: string) => fileURLToPath(new URL(`gallery/${name}.html`, import.meta.url));

export default mergeConfig(
  base,
  defineConfig({ build: { outDir: "dist-gallery", rolldownOptions: { input: [page("index"), page("app")] } } }),
);
