import "../src/design/styles/layers.css";
import "../src/design/styles/tokens.css";
import "../src/design/styles/base.css";
import { createRoot } from "react-dom/client";
import { openAppearance } from "../src/platform/appearance-store.ts";
import { GalleryPage } from "./gallery-page.tsx";

/** Every primitive in every state. `?theme=light` and `?theme=dark` choose one. */
const { theme } = openAppearance(window);
const wanted = new URLSearchParams(window.location.search).get("theme");
if (wanted === "light" || wanted === "dark") theme.set(wanted);
const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<GalleryPage />);
