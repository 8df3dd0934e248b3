import type { HostileScene } from "./hostile-scene.ts";

/** One way to misbehave. Passes by returning, fails by throwing; what the witness saw counts as well, and so does what the neighbours noticed. */
export interface HostileCase {
  readonly title: string;
  readonly run: (scene: HostileScene) => Promise<void>;
}
