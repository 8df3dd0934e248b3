import type { Budget, Finding } from "../report/finding.ts";
import type { Shift } from "./page/smoothness.ts";

const budget: Budget = { bound: "at most", must: 0, aim: 0 };
const NAMED = 5;

interface Watched extends Pick<Finding, "id" | "title" | "disturbance"> {
  /** Of each run. */
  readonly shifts: readonly (readonly Shift[])[];
}

/** Whether anything moved by itself: the sum of the layout's shifts, as browsers count them (CLS). */
export function stillness({ id, title, disturbance, shifts }: Watched): Finding {
  const moved = [...new Set(shifts.flat().flatMap((shift) => shift.moved))];
  return {
    id,
    title: `Shifts of the layout, ${title}`,
    unit: "",
    runs: shifts.map((each) => each.reduce((sum, { value }) => sum + value, 0)),
    budget,
    ...(disturbance !== undefined && { disturbance }),
    details: moved.length === 0 ? {} : { moved: moved.slice(0, NAMED).join(", ") },
  };
}
