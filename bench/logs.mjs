// The logs that are measured: made once below a folder, 30 days of a size, and read before any time is taken.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from './generate.mjs'

const DAYS = 30

/** The folder of logs of a shape and a size, made if it is not there. */
export function logsOf(data, shape, gb) {
  const folder = join(data, `${shape}-${gb}`)
  if (!existsSync(folder)) {
    mkdirSync(data, { recursive: true })
    const bytesPerLine = shape === 'nested' ? 1700 : 270
    generate(shape, DAYS, Math.ceil((gb * 1e9) / bytesPerLine / DAYS), folder)
  }
  return folder
}

export function bytesOf(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

/** Adds a line to today's file. */
export function addLine(folder) {
  const file = newestLog(folder)
  const line = firstLine(file).replace(/"id":"[^"]*"/, `"id":"late_${process.hrtime.bigint()}"`)
  appendFileSync(file, `${line}\n`)
}

/** Today's file, which grows. */
export function newestLog(folder) {
  return join(folder, readdirSync(folder).sort().at(-1))
}

export function firstLine(file) {
  return readFileSync(file, 'utf8').split('\n', 1)[0]
}
