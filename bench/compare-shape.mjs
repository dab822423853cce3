// One shape of logs, cold: usagebook and its peers in turns, after all have given the same answer.
import { bytesOf, logsOf } from './logs.mjs'
import { measure, runOnce } from './measure.mjs'
import { inOrder } from './peers/answer.mjs'
import { answerOf, ours, PEERS } from './peers.mjs'
import { SHAPES } from './shapes.mjs'
import { gigabytes, timesTable } from './table.mjs'

/** Times by name; an answer that differs from ours ends the run. */
export function compareShape(shape, { data, gb, runs, peers: named, say }) {
  const folder = logsOf(data, shape, gb)
  const peers = named.filter(name => PEERS[name].isThere() && PEERS[name].reads(shape))
  const report = runOnce({ command: ours(shape, folder, '--no-cache', '--dedupe', 'off', '--format', 'json') }).stdout
  const reference = JSON.stringify(inOrder(answerOf(report)))
  for (const peer of peers) {
    const answer = JSON.stringify(inOrder(JSON.parse(runOnce({ command: PEERS[peer].call(shape, folder) }).stdout)))
    if (answer !== reference) throw new Error(`${peer} gives another answer than usagebook for ${shape}`)
  }
  const hasLines = SHAPES[shape].ending === 'jsonl'
  const times = measure(
    [
      { name: 'usagebook', command: ours(shape, folder, '--no-cache', '--dedupe', 'off') },
      { name: 'usagebook, counting ids once', command: ours(shape, folder, '--no-cache') },
      ...peers.map(peer => ({ name: peer, command: PEERS[peer].call(shape, folder) })),
      ...(hasLines ? [{ name: 'wc -l', command: ['sh', '-c', `cat ${folder}/*.jsonl | wc -l`] }] : []),
    ],
    runs,
  )
  say(`### ${shape}: ${SHAPES[shape].about}, ${gigabytes(bytesOf(folder))}\n`)
  say(timesTable(times, 'usagebook'))
  return times
}
