// Names with `*` for any text, as an entry of prices.json may have one.

/** Whether a pattern fits a whole name; both in the same case. */
export function fitsWildcard(pattern: string, name: string): boolean {
  const parts = pattern.split('*')
  const last = parts.pop()!
  if (parts.length === 0) return name === last
  const first = parts.shift()!
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false
  const end = name.length - last.length
  let position = first.length
  for (const part of parts) {
    const found = name.indexOf(part, position)
    if (found === -1 || found + part.length > end) return false
    position = found + part.length
  }
  return true
}

/** Whether some name fits both patterns. */
export function canFitBoth(left: string, right: string): boolean {
  const width = right.length + 1
  const reachable = new Uint8Array((left.length + 1) * width)
  reachable[0] = 1
  for (let row = 0; row <= left.length; row++) {
    for (let column = 0; column <= right.length; column++) {
      if (reachable[row * width + column] === 0) continue
      const [a, b] = [left[row], right[column]]
      if (a === '*') {
        reachable[(row + 1) * width + column] = 1
        if (b !== undefined) reachable[row * width + column + 1] = 1
      }
      if (b === '*') {
        reachable[row * width + column + 1] = 1
        if (a !== undefined) reachable[(row + 1) * width + column] = 1
      }
      if (a !== undefined && a === b) reachable[(row + 1) * width + column + 1] = 1
    }
  }
  return reachable[reachable.length - 1] === 1
}

/** How many characters a pattern fixes: of two that fit a name the one that fixes more is meant. */
export function fixedLength(pattern: string): number {
  return pattern.replaceAll('*', '').length
}
