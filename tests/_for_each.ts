/** What is waited for at a time: a thread takes half a second to start, most of it idle. */
const AT_A_TIME = 8;

/** Does work for each item, some of them at a time; throws what the first that fails throws. */
export async function forEach<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = Iterator.from(items);
  const workOn = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, workOn));
}
