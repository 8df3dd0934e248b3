import { StageReport } from "./stage-report.mjs";

/** Sums up what passed and failed in all stages. */
export class Report {
  #stages = [];

  async run(stage) {
    const report = new StageReport(stage);
    this.#stages.push(report);
    await report.run();
  }

  /** Prints the sum and sets the exit code. */
  close() {
    const passed = this.#sumOf((stage) => stage.passed);
    const nothing = passed + this.#sumOf((stage) => stage.failed) === 0;
    const failed = nothing ? 1 : this.#sumOf((stage) => stage.failed);
    const failures = this.#stages.flatMap(({ name, failures }) => failures.map((what) => `${name}: ${what}`));
    if (nothing) failures.push("nothing was tested");
    if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `   ${line}`).join("\n")}`);
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  }

  #sumOf(number) {
    return this.#stages.reduce((sum, stage) => sum + number(stage), 0);
  }
}
