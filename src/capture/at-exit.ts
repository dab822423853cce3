// Work at the end of a process or a worker thread. One listener for all logs: Node warns of a leak from the eleventh on.

type ExitListener = (() => void) & { readonly [WORK]?: Set<() => void> }

/** Also known to other copies of this module in the same thread. */
const WORK = Symbol.for('usagebook.capture.workAtExit')

/** Has a function called at the end; returns one that takes it back. */
export function atExit(work: () => void): () => void {
  const all = workAtExit()
  all.add(work)
  return () => void all.delete(work)
}

function workAtExit(): Set<() => void> {
  for (const listener of process.listeners('exit') as ExitListener[]) {
    const known = listener[WORK]
    if (known !== undefined) return known
  }
  const all = new Set<() => void>()
  const flushLogs = () => {
    for (const work of all) work()
  }
  process.on('exit', Object.assign(flushLogs, { [WORK]: all }))
  return all
}
