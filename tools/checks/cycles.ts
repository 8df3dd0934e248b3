/** Import cycles, type imports included: each as the files on its way round. Every file is visited once. */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  for (const start of graph.keys()) visit(start, [], graph, done, found);
  return found;
}

function visit(
  file: string,
  path: readonly string[],
  graph: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
  found: string[][],
): void {
  const seenAt = path.indexOf(file);
  if (seenAt >= 0) {
    found.push([...path.slice(seenAt), file]);
    return;
  }
  if (done.has(file)) return;
  for (const next of graph.get(file) ?? []) visit(next, [...path, file], graph, done, found);
  done.add(file);
}
