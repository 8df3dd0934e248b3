import { expect, test } from "bun:test";
import { nextCell } from "./next-cell.ts";

/** Twenty cells in rows of eight: the last row has four. */
const at = (cell: number, key: string, rightToLeft = false) => nextCell(key, cell, 20, 8, rightToLeft);

test("arrows go to the next cell of a row, and on to the next row; those of right-to-left scripts the other way", () => {
  expect([at(0, "ArrowRight"), at(7, "ArrowRight"), at(19, "ArrowRight")]).toEqual([1, 8, 19]);
  expect([at(0, "ArrowLeft"), at(8, "ArrowLeft")]).toEqual([0, 7]);
  expect([at(1, "ArrowRight", true), at(1, "ArrowLeft", true)]).toEqual([0, 2]);
});

test("arrows go down as far as there are rows, and up above the first", () => {
  expect([at(1, "ArrowDown"), at(15, "ArrowDown"), at(17, "ArrowDown")]).toEqual([9, 19, 17]);
  expect([at(9, "ArrowUp"), at(1, "ArrowUp")]).toEqual([1, "above"]);
});

test("other keys go to the ends of a row and by five rows; the rest lead nowhere", () => {
  expect([at(10, "Home"), at(10, "End"), at(17, "End")]).toEqual([8, 15, 19]);
  expect([at(2, "PageDown"), at(19, "PageUp")]).toEqual([19, 0]);
  expect(at(2, "a")).toBeUndefined();
});
