// The nearest of some names to a mistyped one, for hints.

/** Up to `most` of `names`, nearest to `wanted` first; names that share nothing with it are left out. */
export function nearestNames(wanted: string, names: Iterable<string>, most = 3): string[] {
  const folded = wanted.toLowerCase()
  const scored: { name: string; score: number }[] = []
  for (const name of names) {
    const other = name.toLowerCase()
    const distance = editDistance(folded, other)
    const contains = folded.length >= 3 && (other.includes(folded) || (other.length >= 3 && folded.includes(other)))
    const limit = Math.max(2, Math.floor(Math.max(folded.length, other.length) * 0.4))
    if (contains || distance <= limit) scored.push({ name, score: contains ? Math.min(distance, 1.5) : distance })
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
  return scored.slice(0, most).map(entry => entry.name)
}

/** Insertions, deletions, replacements and swaps of neighbours between two texts; texts are cut at 64 characters. */
export function editDistance(left: string, right: string): number {
  const a = left.slice(0, 64)
  const b = right.slice(0, 64)
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, beforeLast[column - 2]! + 1)
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[b.length]!
}
