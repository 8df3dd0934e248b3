/** What is added to each sync, milliseconds. */
export const SYNC_DELAY_MS = 5;

/**
 * Starts a program so that the kernel's tracer holds back the return of every sync, as a slower disk would. Only syncs are stopped at, and the program keeps
 * its process: the tracer runs beside it.
 */
export const slowSyncs: readonly string[] = [
  "strace",
  "-D",
  "-f",
  "-qq",
  "--seccomp-bpf",
  "-o",
  "/dev/null",
  "-e",
  "trace=fdatasync,fsync",
  "-e",
  `inject=fdatasync,fsync:delay_exit=${SYNC_DELAY_MS * 1_000}`,
];

/** Undefined if syncs can be slowed down here, else why not. */
export function whyNoSlowSyncs(): string | undefined {
  if (Bun.which("strace") === null) return "strace is not installed, and only it can slow syncs down.";
  const tried = Bun.spawnSync([...slowSyncs, "true"], { stdout: "ignore", stderr: "pipe" });
  return tried.success ? undefined : `strace cannot trace here: ${tried.stderr.toString().trim()}`;
}
