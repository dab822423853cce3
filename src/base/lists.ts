// Lists of any length. What is spread into the arguments of a call lies on the stack, which has room for about 100,000 of them.

/** The greatest of some numbers and `least`. */
export function largestOf(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let largest = least
  for (const number of numbers) largest = Math.max(largest, number)
  return largest
}

/** The least of some numbers. */
export function smallestOf(numbers: Iterable<number>): number {
  let smallest = Number.POSITIVE_INFINITY
  for (const number of numbers) smallest = Math.min(smallest, number)
  return smallest
}

/** Adds items to the end of a list. */
export function addAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item)
}

/** Adds items at the beginning of a list. */
export function addFirst<Item>(list: Item[], items: Iterable<Item>): void {
  const others = list.splice(0)
  addAll(list, items)
  addAll(list, others)
}
