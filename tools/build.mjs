/** Builds the web app, for servers that are started without `npm start`. */
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./project.mjs";
import { ensureWebAppBuilt } from "./web-app.mjs";

requireNode();
await ensureInstalled();
await ensureWebAppBuilt();
