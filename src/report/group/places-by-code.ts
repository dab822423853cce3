// Positions in a column, sorted by the code that is at each.

export interface PlacesByCode {
  readonly places: Uint32Array
  /** Where those of each code begin, and behind the last. */
  readonly starts: Uint32Array
}

/** Of the first `size` codes, which are below `count`; what is below 0 is left out. */
export function placesByCode(codes: ArrayLike<number>, size: number, count: number): PlacesByCode {
  const starts = new Uint32Array(count + 1)
  for (let place = 0; place < size; place++) if (codes[place]! >= 0) starts[codes[place]! + 1]!++
  for (let code = 1; code <= count; code++) starts[code]! += starts[code - 1]!
  const ends = starts.slice()
  const places = new Uint32Array(starts[count]!)
  for (let place = 0; place < size; place++) if (codes[place]! >= 0) places[ends[codes[place]!]!++] = place
  return { places, starts }
}
