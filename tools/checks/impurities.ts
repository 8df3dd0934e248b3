import { children, identifier, part, type SyntaxNode } from "./syntax-node.ts";

/** Names of the platform that a pure package reaches only through its ports. */
const PLATFORM = new Set([
  ..."setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame performance crypto fetch".split(" "),
  ..."window self document navigator location localStorage indexedDB WebSocket globalThis process Bun console".split(
    " ",
  ),
]);
const IMPURE_MEMBERS = new Set(["Date.now", "Math.random"]);

/** Uses of clock, randomness or platform in a program, by name. */
export function impurities(program: SyntaxNode): string[] {
  const own = new Set<string>();
  const used: string[] = [];
  visit(program, own, used);
  return used.filter((name) => !own.has(name));
}

function visit(node: SyntaxNode, own: Set<string>, used: string[]): void {
  for (const name of declaredBy(node)) own.add(name);
  const name = identifier(node);
  if (name !== undefined && PLATFORM.has(name)) used.push(name);
  if (
    node.type === "NewExpression" &&
    identifier(part(node, "callee")) === "Date" &&
    isEmpty(part(node, "arguments"))
  ) {
    used.push("new Date()");
  }
  const member = memberName(node);
  if (member !== undefined && IMPURE_MEMBERS.has(member)) used.push(member);
  for (const child of children(node)) {
    if (!isMereName(node, child)) visit(child, own, used);
  }
}

function memberName(node: SyntaxNode): string | undefined {
  if (node.type !== "MemberExpression") return undefined;
  return `${identifier(part(node, "object"))}.${identifier(part(node, "property"))}`;
}

/** Names of properties are not uses of a global. */
function isMereName(parent: SyntaxNode, child: SyntaxNode): boolean {
  if (part(parent, "computed") === true) return false;
  return part(parent, "property") === child || part(parent, "key") === child;
}

function declaredBy(node: SyntaxNode): string[] {
  const declared = [part(node, "id"), part(node, "local"), ...list(part(node, "params"))];
  return declared.map(identifier).filter((name) => name !== undefined);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isEmpty(value: unknown): boolean {
  return list(value).length === 0;
}
