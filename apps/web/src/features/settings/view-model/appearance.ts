import type { ObservedValue } from "../../../observable/observed-value.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

/** Each keeps its contrast, light and dark; the tokens say what they look like. */
export const accents = ["indigo", "blue", "green", "plum", "amber"] as const;
export type Accent = (typeof accents)[number];

/** How the app looks on this device. */
export interface Appearance {
  readonly theme: ObservedValue<Theme>;
  readonly density: ObservedValue<Density>;
  readonly accent: ObservedValue<Accent>;
}
