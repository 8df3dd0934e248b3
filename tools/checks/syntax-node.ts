/** A node of an ESTree: a type, and children under names that depend on it. */
export interface SyntaxNode {
  readonly type: string;
}

function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** What stands under a name of a node; undefined if nothing does. */
export function part(node: SyntaxNode, name: string): unknown {
  return Object.entries(node).find(([key]) => key === name)?.[1];
}

export function children(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flat().filter(isSyntaxNode);
}

/** The name of an identifier; undefined for any other node. */
export function identifier(value: unknown): string | undefined {
  if (!isSyntaxNode(value) || value.type !== "Identifier") return undefined;
  const name = part(value, "name");
  return typeof name === "string" ? name : undefined;
}
