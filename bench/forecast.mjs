// How good forecasts and "out of the ordinary" are on daily numbers: bench/forecast.mjs FILE, a CSV of date,value in order.
import { readFileSync } from 'node:fs'
import { loadSource } from '../scripts/generated.mjs'

const { backtest } = await loadSource('src/alert/forecast.ts')
const { judgeDay } = await loadSource('src/alert/unusual.ts')
const file = process.argv[2] ?? process.env.USAGEBOOK_DAILY
if (file === undefined) throw new Error('Name a CSV of date,value: bench/forecast.mjs FILE')
const values = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => Number(line.split(',')[1]))

for (const days of [1, 7, 14, 30]) {
  const { forecasts, medianError, coverage } = backtest({ costs: values }, days)
  const percent = number => `${(number * 100).toFixed(1)} %`
  console.log(
    `forecast of ${days} days: ${forecasts} made, median error ${percent(medianError)}, coverage ${percent(coverage)}`,
  )
}

const FIRST = 120
let flagged = 0
let found = 0
let spikes = 0
for (let day = FIRST; day < values.length; day++) {
  if (judgeDay(values, day, 0).isUnusual) flagged++
  if (day % 5 !== 0) continue
  spikes++
  const spiked = values.slice(Math.max(0, day - 150), day + 1)
  spiked[spiked.length - 1] *= 1.5
  if (judgeDay(spiked, spiked.length - 1, 0).isUnusual) found++
}
console.log(
  `out of the ordinary: ${(flagged / ((values.length - FIRST) / 365.25)).toFixed(1)} days a year flagged, ${((found / spikes) * 100).toFixed(0)} % of x 1.5 spikes found (${spikes} days tried)`,
)
