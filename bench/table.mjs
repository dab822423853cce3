// What is printed: tables of times, with multiples of a row.

export function timesTable(times, baseName) {
  const base = times.get(baseName)
  const rows = [...times].map(([name, { wallMs, cpuMs, peakMib }]) => [
    name,
    seconds(wallMs),
    seconds(cpuMs),
    mib(peakMib),
    (wallMs / base.wallMs).toFixed(2),
    (cpuMs / base.cpuMs).toFixed(2),
  ])
  return table(['', 'wall', 'CPU', 'peak memory', 'wall, as a multiple', 'CPU'], rows)
}

export function table(head, rows) {
  const line = cells => `| ${cells.join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n')
}

export function seconds(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
}

export function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(2)} GB`
}

export function mib(value) {
  return `${Math.round(value)} MiB`
}
