// The order of many numbers that are mostly in order: ascending stretches are merged, two neighbours at a time.

/** The places of the first `count` numbers in ascending order; of equal ones, the first place comes first. */
export function orderOf(numbers: ArrayLike<number>, count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, place) => place)
  let spare = new Uint32Array(count)
  let starts = startsOfStretches(numbers, count)
  while (starts.length > 2) {
    const merged: number[] = []
    for (let at = 0; at + 1 < starts.length; at += 2) {
      const [start, middle] = [starts[at]!, starts[at + 1]!]
      mergeStretches(numbers, order, spare, start, middle, starts[at + 2] ?? middle)
      merged.push(start)
    }
    starts = [...merged, count]
    ;[order, spare] = [spare, order]
  }
  return order
}

/** Where each ascending stretch begins, and behind the last. */
function startsOfStretches(numbers: ArrayLike<number>, count: number): number[] {
  const starts = [0]
  for (let place = 1; place < count; place++) if (numbers[place]! < numbers[place - 1]!) starts.push(place)
  return [...starts, count]
}

function mergeStretches(
  numbers: ArrayLike<number>,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start
  let right = middle
  for (let at = start; at < end; at++) {
    const takesLeft = right === end || (left < middle && numbers[from[left]!]! <= numbers[from[right]!]!)
    to[at] = from[takesLeft ? left++ : right++]!
  }
}
