/** A time as a field of the type datetime-local has it, in the time zone of the device, to the minute: "2025-02-03T14:05". */
export function fieldTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Undefined where the field does not say a time. */
export function timeOfField(value: string): number | undefined {
  const at = new Date(value).getTime();
  return value === "" || Number.isNaN(at) ? undefined : at;
}
