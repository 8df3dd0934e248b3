/** Does something for each item, with so many at once. */
export async function eachAtOnce(items, atOnce, work) {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
