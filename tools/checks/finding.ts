/** Ends a check: prints what it found, one finding a line, and fails if there is any. */
export function finish(findings: readonly string[]): never {
  for (const finding of findings) console.error(finding);
  process.exit(findings.length === 0 ? 0 : 1);
}
