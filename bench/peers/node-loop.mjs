// A plain loop in Node: read a file, split it into lines, JSON.parse, add up in objects. Chunks are split by hand, because
// readline takes longer for that than JSON.parse for the lines.
import { createReadStream, readdirSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { SHAPES } from '../shapes.mjs'
import { emptyAnswer, print } from './answer.mjs'

const [shapeName, folder] = process.argv.slice(2)
const isNested = SHAPES[shapeName].fieldsOf === 'nested'
const answer = emptyAnswer()

function addTo(groups, name, event, isError) {
  groups[name] ??= [0, 0, 0, 0, 0]
  const group = groups[name]
  group[0]++
  group[1] += event.checks
  group[2] += event.input_tokens
  group[3] += event.output_tokens
  group[4] += isError
}

function addLine(line) {
  const event = isNested ? flatten(JSON.parse(line)) : JSON.parse(line)
  const isError = event.status === 'error' ? 1 : 0
  addTo(answer.client, event.client, event, isError)
  addTo(answer.user, event.user, event, isError)
  addTo(answer.profile, event.profile, event, isError)
  addTo(answer.model, event.model, event, isError)
  addTo(answer.day, event.timestamp.slice(0, 10), event, isError)
}

function flatten({ timestamp, org, account, agent, outcome, message: { model, tools, usage } }) {
  return {
    timestamp,
    client: org,
    user: account,
    profile: agent,
    model,
    checks: tools,
    input_tokens: usage.prompt,
    output_tokens: usage.completion,
    status: outcome,
  }
}

for (const name of readdirSync(folder).sort()) {
  const file = createReadStream(`${folder}/${name}`, { highWaterMark: 1 << 20 })
  const input = name.endsWith('.gz') ? file.pipe(createGunzip()) : file
  let rest = ''
  for await (const text of input.setEncoding('utf8')) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    for (const line of lines) addLine(line)
  }
  if (rest !== '') addLine(rest)
}
print(answer)
