import { run } from "../project.mjs";

/** Counts what passed and failed, and says so as it goes. */
export class Report {
  #passed = 0;
  #failed = 0;
  /** Names of what failed, to repeat at the end. */
  #failures = [];
  #stage = "";

  async stage({ name, title, work }) {
    const begun = performance.now();
    const before = { passed: this.#passed, failed: this.#failed };
    this.#stage = name;
    console.log(`\n── ${name}: ${title}`);
    await work(this);
    const passed = this.#passed - before.passed;
    const failed = this.#failed - before.failed;
    console.log(`   ${passed} passed, ${failed} failed in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }

  /** A program that passes by ending with 0. What it printed is shown only if it failed. */
  async check(what, program, args, options = {}) {
    const { code, output } = await run(program, args, { ...options, output: "collect" });
    this.count(what, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
    if (code !== 0) console.log(output.trimEnd());
    return code === 0;
  }

  count(what, passed, failed) {
    this.#passed += passed;
    this.#failed += failed;
    if (failed > 0) this.#failures.push(`${this.#stage}: ${what}`);
    console.log(`   ${failed > 0 ? "✗" : "✓"} ${what}`);
  }

  /** Prints the sum and sets the exit code. */
  close() {
    if (this.#passed + this.#failed === 0) this.count("nothing was tested", 0, 1);
    if (this.#failures.length > 0) console.log(`\nFailed:\n${this.#failures.map((line) => `   ${line}`).join("\n")}`);
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    process.exitCode = this.#failed > 0 ? 1 : 0;
  }
}
