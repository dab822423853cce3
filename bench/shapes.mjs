// The shapes of logs: how one event is written, and how the peers find its fields again.

const FLAT_DUCKDB = {
  columns: `{timestamp:'TIMESTAMP',client:'VARCHAR',"user":'VARCHAR',profile:'VARCHAR',model:'VARCHAR',checks:'BIGINT',input_tokens:'BIGINT',output_tokens:'BIGINT',status:'VARCHAR'}`,
  select: '*',
}
const FLAT_CHDB = {
  structure:
    'timestamp String, client String, user String, profile String, model String, checks UInt64, input_tokens UInt64, output_tokens UInt64, status String',
  select: '*',
}
const FLAT = { ending: 'jsonl', users: 2000, duckdb: FLAT_DUCKDB, chdb: FLAT_CHDB, fieldsOf: 'flat', config: undefined }

const FILLER =
  'Checked the packshot against the brand book: the logo keeps its distance, the claim is legible, and “tone” is fine.\n'

export const SHAPES = {
  native: { ...FLAT, about: 'as the logger writes it, 270 bytes a line', line: event => JSON.stringify(event) },
  shuffled: { ...FLAT, about: 'the keys of every line in another order', line: shuffledLine },
  escapes: { ...FLAT, about: 'escapes in every text', line: escapedLine },
  users: { ...FLAT, about: 'a million users', users: 1_000_000, line: event => JSON.stringify(event) },
  gz: { ...FLAT, about: 'compressed with gzip', ending: 'jsonl.gz', line: event => JSON.stringify(event) },
  nested: {
    ...FLAT,
    about: "agent transcripts, 1 to 2 KB a line, nested as Anthropic's",
    line: nestedLine,
    fieldsOf: 'nested',
    duckdb: {
      columns: `{timestamp:'TIMESTAMP',org:'VARCHAR',account:'VARCHAR',agent:'VARCHAR',outcome:'VARCHAR',message:'STRUCT(model VARCHAR, tools BIGINT, usage STRUCT(prompt BIGINT, completion BIGINT))'}`,
      select:
        'timestamp, org as client, account as "user", agent as profile, message.model as model, message.tools as checks, message.usage.prompt as input_tokens, message.usage.completion as output_tokens, outcome as status',
    },
    chdb: undefined,
    config: {
      formats: {
        transcript: {
          fields: {
            timestamp: 'timestamp',
            id: 'uuid',
            client: 'org',
            user: 'account',
            profile: 'agent',
            model: 'message.model',
            checks: 'message.tools',
            input_tokens: 'message.usage.prompt',
            output_tokens: 'message.usage.completion',
            duration_ms: 'took',
            status: 'outcome',
          },
        },
      },
      format: 'transcript',
    },
  },
}

function shuffledLine(event, random) {
  const keys = Object.keys(event)
  for (let last = keys.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[keys[last], keys[other]] = [keys[other], keys[last]]
  }
  return JSON.stringify(Object.fromEntries(keys.map(key => [key, event[key]])))
}

// The same texts, but the first letter of each written as its code and a quote behind it.
function escapedLine(event) {
  const text = { ...event, profile: `${event.profile} "é"`, user: `${event.user}\\` }
  return JSON.stringify(text).replace(/"(client|user|profile|model)":"(.)/g, (_, key, letter) => {
    return `"${key}":"\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function nestedLine(event, random) {
  const text = FILLER.repeat(6 + Math.floor(random() * 8))
  return JSON.stringify({
    parent: null,
    side: false,
    timestamp: event.timestamp,
    uuid: event.id,
    org: event.client,
    account: event.user,
    agent: event.profile,
    message: {
      id: `msg_${event.id}`,
      role: 'assistant',
      model: event.model,
      content: [{ type: 'text', text }],
      tools: event.checks,
      usage: { prompt: event.input_tokens, completion: event.output_tokens, tier: null },
    },
    took: event.duration_ms,
    outcome: event.status,
  })
}
