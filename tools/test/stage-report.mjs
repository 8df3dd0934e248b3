import { run } from "../project.mjs";

/** Counts what passed and failed in one stage, and says so. */
export class StageReport {
  name;
  passed = 0;
  failed = 0;
  /** Names of what failed, to repeat at the end. */
  failures = [];
  #title;
  #work;

  constructor({ name, title, work }) {
    this.name = name;
    this.#title = title;
    this.#work = work;
  }

  async run() {
    const begun = performance.now();
    this.print(`\n── ${this.name}: ${this.#title}\n`);
    await this.#work(this);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    this.print(`   ${this.passed} passed, ${this.failed} failed in ${seconds} s\n`);
  }

  print(text) {
    process.stdout.write(text);
  }

  /** A program that passes by ending with 0. What it printed is shown only if it failed. */
  async check(what, program, args) {
    const { code, output } = await run(program, args, { output: "collect" });
    this.count(what, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
    if (code !== 0) this.print(`${output.trimEnd()}\n`);
    return code === 0;
  }

  /** A program whose output is shown and read. */
  watch(program, args) {
    return run(program, args, { output: "collect", onOutput: (text) => this.print(text) });
  }

  count(what, passed, failed) {
    this.passed += passed;
    this.failed += failed;
    if (failed > 0) this.failures.push(what);
    this.print(`   ${failed > 0 ? "✗" : "✓"} ${what}\n`);
  }
}
