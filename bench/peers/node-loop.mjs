// A plain loop in Node: read a file, split it into lines, JSON.parse, add up in objects.
import { createReadStream, readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
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

for (const name of readdirSync(folder).sort()) {
  const file = createReadStream(`${folder}/${name}`)
  const input = name.endsWith('.gz') ? file.pipe(createGunzip()) : file
  for await (const line of createInterface({ input })) {
    let event = JSON.parse(line)
    if (isNested) {
      const { model, tools, usage } = event.message
      event = {
        timestamp: event.timestamp,
        client: event.org,
        user: event.account,
        profile: event.agent,
        model,
        checks: tools,
        input_tokens: usage.prompt,
        output_tokens: usage.completion,
        status: event.outcome,
      }
    }
    const isError = event.status === 'error' ? 1 : 0
    addTo(answer.client, event.client, event, isError)
    addTo(answer.user, event.user, event, isError)
    addTo(answer.profile, event.profile, event, isError)
    addTo(answer.model, event.model, event, isError)
    addTo(answer.day, event.timestamp.slice(0, 10), event, isError)
  }
}
print(answer)
