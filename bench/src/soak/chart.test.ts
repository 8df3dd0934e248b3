import { expect, test } from "bun:test";
import { chart, type Panel } from "./chart.ts";

const panel: Panel = {
  title: "Memory <resident> & more",
  shown: (value) => `${value} MB`,
  points: [
    { atS: 0, value: 50 },
    { atS: 60, value: 100 },
    { atS: 120, value: 75 },
  ],
  floor: [{ atS: 120, value: 75 }],
  note: "flat",
  good: true,
};

test("a curve spans the plot: its greatest value on top, zero at the ground", () => {
  const svg = chart("Soak", [panel]);
  expect(svg).toContain('<polyline points="96,83 488,34 880,58.5"');
  expect(svg).toContain(">100 MB</text>");
  expect(svg).toContain(">2 min</text>");
  expect(svg.match(/<circle/g)?.length).toBe(1);
});

test("text cannot break out of its element, and every element is closed", () => {
  const svg = chart('a "title" <with> signs', [panel, { ...panel, good: false }]);
  expect(svg).toContain("Memory &lt;resident&gt; &amp; more");
  expect(svg).toContain("a &quot;title&quot; &lt;with&gt; signs");
  const open: string[] = [];
  for (const [, closing, name = "", selfClosed] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (closing === "/") expect(open.pop()).toBe(name);
    else if (selfClosed === "") open.push(name);
  }
  expect(open).toEqual([]);
});

test("a curve that is always zero, or has no points, can be drawn", () => {
  const zero = { ...panel, points: [{ atS: 0, value: 0 }], floor: [] };
  for (const points of [zero.points, []]) expect(chart("Soak", [{ ...zero, points }])).not.toContain("NaN");
});
