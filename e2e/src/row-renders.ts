import type { Page } from "playwright-core";

/** What React tells developer tools of its own tree, as far as it is needed here. */
interface Fiber {
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly flags: number;
  readonly memoizedProps: Readonly<Record<string, unknown>> | null;
}

/**
 * Counts from now on how often rows of the list of messages are drawn, as React counts it: a row that is drawn again without a change leaves no trace in the document.
 * Before the page is opened.
 */
export async function countRowRenders(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const PERFORMED_WORK = 1;
    const counted = { renders: 0 };
    // Known by what it is given: names are gone from what is built.
    const isRow = ({ memoizedProps }: Fiber) =>
      memoizedProps !== null &&
      typeof memoizedProps === "object" &&
      Object.keys(memoizedProps).sort().join() === "item,selected,texts";
    const look = (fiber: Fiber, before: Fiber | null) => {
      const drawn = fiber !== before && (fiber.flags & PERFORMED_WORK) !== 0;
      if (drawn && isRow(fiber)) {
        counted.renders += 1;
        return;
      }
      if (before !== null && fiber.child === before.child) return;
      const known = new Set<Fiber>();
      for (let child = before?.child ?? null; child !== null; child = child.sibling) known.add(child);
      for (let child = fiber.child; child !== null; child = child.sibling) {
        if (known.has(child)) continue;
        look(child, child.alternate !== null && known.has(child.alternate) ? child.alternate : null);
      }
    };
    const hook = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_: number, root: { readonly current: Fiber }) => look(root.current, root.current.alternate),
      onCommitFiberUnmount: () => {},
      onPostCommitFiberRoot: () => {},
      checkDCE: () => {},
    };
    Object.assign(window, { __REACT_DEVTOOLS_GLOBAL_HOOK__: hook, counted });
  });
  return () => page.evaluate(() => (window as typeof window & { counted: { renders: number } }).counted.renders);
}
