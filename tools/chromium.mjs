/** Sees to it that there is a Chromium for programs that drive one; says in a sentence why not. */
import { fail } from "./project.mjs";
import { ensureChromium } from "./test/programs.mjs";

const missing = await ensureChromium();
if (missing !== undefined) fail(missing);
