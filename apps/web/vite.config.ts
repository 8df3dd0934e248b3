import react from "@vitejs/plugin-react";
import { defineConfig, mergeConfig } from "vite";
import { emojisPlugin } from "./build/emojis-plugin.ts";
import { layerOrderPlugin } from "./build/layer-order-plugin.ts";
import { serviceWorkerPlugin } from "./build/service-worker-plugin.ts";

/** The address of the server that a development build talks to. */
const server = `http://localhost:${process.env["PORT"] ?? "8080"}`;

/** What every page is built with. */
export const base = defineConfig({
  plugins: [react(), layerOrderPlugin(), emojisPlugin()],
  // Engines with light-dark(), popover and :has(); the styles are written for them and not rewritten for older ones.
  build: {
    target: ["chrome125", "firefox126", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  worker: { format: "es" },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: {
    proxy: {
      "/parley.v1.": { target: server },
      "/socket": { target: server, ws: true },
    },
  },
});

export default mergeConfig(base, defineConfig({ plugins: [serviceWorkerPlugin()] }));
