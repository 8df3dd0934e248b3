/** Where a key leads in a grid; "above" it, or nowhere. */
export function nextCell(
  key: string,
  cell: number,
  count: number,
  columns: number,
  rightToLeft: boolean,
): number | "above" | undefined {
  const last = count - 1;
  const rowBegin = cell - (cell % columns);
  switch (key) {
    case "ArrowRight":
    case "ArrowLeft":
      return Math.min(last, Math.max(0, cell + ((key === "ArrowRight") === rightToLeft ? -1 : 1)));
    case "ArrowDown":
      // The last row may be shorter.
      return rowBegin + columns > last ? cell : Math.min(last, cell + columns);
    case "ArrowUp":
      return cell < columns ? "above" : cell - columns;
    case "Home":
      return rowBegin;
    case "End":
      return Math.min(last, rowBegin + columns - 1);
    case "PageDown":
      return Math.min(last, cell + 5 * columns);
    case "PageUp":
      return Math.max(0, cell - 5 * columns);
    default:
      return undefined;
  }
}
