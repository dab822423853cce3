// The nearest of some names to a mistyped one, for hints. A wrong hint is worse than none, so "near" means a typing mistake, or
// a part of the name from the start of a word.

const LEAST_PART = 3
const MOST_SLIPS = 4
/** Nobody mistypes a name into so many characters. */
const LONGEST = 1000

/** Up to `most` of `names`, nearest to `wanted` first; none where no name is near. The very name is no hint. */
export function nearestNames(wanted: string, names: Iterable<string>, most = 3): string[] {
  if (wanted.length > LONGEST) return []
  const folded = wanted.toLowerCase()
  const scored: { name: string; score: number; distance: number }[] = []
  for (const name of names) {
    if (name === wanted) continue
    const other = name.toLowerCase()
    const distance = editDistance(folded, other)
    const slips = Math.min(MOST_SLIPS, Math.floor(Math.max(folded.length, other.length) / 3))
    const isPart = hasPart(name, folded) || isWholePart(wanted, other)
    if (isPart || distance <= slips) scored.push({ name, score: isPart ? Math.min(distance, 1) : distance, distance })
  }
  scored.sort((a, b) => a.score - b.score || a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return scored.slice(0, most).map(entry => entry.name)
}

// "check" in "brand_check", "timezon" in "logTimezone".
function hasPart(name: string, part: string): boolean {
  const start = part.length < LEAST_PART ? -1 : name.toLowerCase().indexOf(part)
  return start >= 0 && beginsWord(name, start)
}

// "client" in "client-id", but not "cost" in "costume".
function isWholePart(name: string, part: string): boolean {
  return hasPart(name, part) && beginsWord(name, name.toLowerCase().indexOf(part) + part.length)
}

function beginsWord(name: string, at: number): boolean {
  const [before, here] = [name[at - 1], name[at]]
  if (before === undefined || here === undefined) return true
  return (
    !/[\p{L}\p{N}]/u.test(before) || !/[\p{L}\p{N}]/u.test(here) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(here))
  )
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
