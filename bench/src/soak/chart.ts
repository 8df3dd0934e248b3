import type { Point } from "./flatness.ts";

/** One curve with what was found of it. */
export interface Panel {
  readonly title: string;
  /** Of a value, ready to be read. */
  readonly shown: (value: number) => string;
  readonly points: readonly Point[];
  /** Lowest points of the judged part; none if it was not judged. */
  readonly floor: readonly Point[];
  readonly note: string;
  readonly good: boolean;
}

const WIDTH = 900;
const PANEL_HEIGHT = 150;
const HEAD_HEIGHT = 46;
const PLOT = { left: 96, right: 20, top: 34, bottom: 18 };
const SECONDS_PER_MINUTE = 60;

/** A picture of several curves over the same time, one below the other, as SVG. The judged half has a light ground. */
export function chart(title: string, panels: readonly Panel[]): string {
  const height = HEAD_HEIGHT + panels.length * PANEL_HEIGHT;
  const untilS = Math.max(1, ...panels.flatMap(({ points }) => points.map(({ atS }) => atS)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="28" font-size="16" font-weight="bold">${escaped(title)}</text>`,
    ...panels.map((panel, index) => panelOf(panel, HEAD_HEIGHT + index * PANEL_HEIGHT, untilS)),
    "</svg>",
    "",
  ].join("\n");
}

function panelOf({ title, shown, points, floor, note, good }: Panel, top: number, untilS: number): string {
  const greatest = Math.max(0, ...points.map(({ value }) => value)) || 1;
  const width = WIDTH - PLOT.left - PLOT.right;
  const height = PANEL_HEIGHT - PLOT.top - PLOT.bottom;
  const x = (atS: number) => rounded(PLOT.left + (atS / untilS) * width);
  const y = (value: number) => rounded(PLOT.top + height - (value / greatest) * height);
  const line = points.map(({ atS, value }) => `${x(atS)},${y(value)}`).join(" ");
  const base = PLOT.top + height;
  return [
    `<g transform="translate(0 ${top})">`,
    `<rect x="${x(untilS / 2)}" y="${PLOT.top}" width="${rounded(width / 2)}" height="${height}" fill="#f1f4f9"/>`,
    `<text x="16" y="20" font-weight="bold">${escaped(title)}</text>`,
    `<text x="${WIDTH - PLOT.right}" y="20" text-anchor="end" fill="${good ? "#1a6b35" : "#b3261e"}">${escaped(note)}</text>`,
    `<text x="${PLOT.left - 8}" y="${PLOT.top + 8}" text-anchor="end">${escaped(shown(greatest))}</text>`,
    `<text x="${PLOT.left - 8}" y="${base}" text-anchor="end">0</text>`,
    `<line x1="${PLOT.left}" y1="${base}" x2="${WIDTH - PLOT.right}" y2="${base}" stroke="#999"/>`,
    `<polyline points="${line}" fill="none" stroke="#3b5bdb" stroke-width="1.2"/>`,
    ...floor.map(({ atS, value }) => `<circle cx="${x(atS)}" cy="${y(value)}" r="3" fill="#e8590c"/>`),
    `<text x="${PLOT.left}" y="${PANEL_HEIGHT - 4}">0</text>`,
    `<text x="${WIDTH - PLOT.right}" y="${PANEL_HEIGHT - 4}" text-anchor="end">${rounded(untilS / SECONDS_PER_MINUTE)} min</text>`,
    "</g>",
  ].join("\n");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
