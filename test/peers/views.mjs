// The random logs as SQL sees them: what is counted, what came before it, and the sessions.

const TEXTS = [
  ...[
    'id',
    'event',
    'client',
    '"user"',
    'session',
    'feature',
    'profile',
    'country',
    'endpoint',
    'ip',
    'model',
    'status',
  ],
  ...['status_code', 'error', 'error_type', 'threat_type', 'severity', 'file_type', 'timestamp'],
]
const NUMBERS = [
  'line',
  'duration_ms',
  'rating',
  'input_tokens',
  'output_tokens',
  'file_size_bytes',
  'rows',
  'text_length',
]
const TRUTHS = ['resolved', 'suggested', 'has_visualization']

/** Makes the views that the queries of `queries.mjs` ask. Runs of the same id in a file count once, the first of them. */
export async function makeViews(connection, folder, { zone, range, where, idleMinutes }) {
  const types = [
    ...TEXTS.map(name => `${name}: 'VARCHAR'`),
    ...NUMBERS.map(name => `${name}: 'BIGINT'`),
    ...TRUTHS.map(name => `${name}: 'BOOLEAN'`),
    `cost_usd: 'DECIMAL(18, 6)'`,
  ]
  const inRange = ms => between(ms, range.from, range.to)
  for (const sql of [
    `SET TimeZone = 'UTC'`,
    `CREATE OR REPLACE TABLE passing AS
       SELECT * FROM (
         SELECT * REPLACE (coalesce(event, 'analysis') AS event),
           epoch_ms(timestamp::TIMESTAMPTZ) AS ms,
           (timestamp::TIMESTAMPTZ AT TIME ZONE '${zone}')::DATE AS day,
           coalesce(event, 'analysis') = 'analysis' OR input_tokens IS NOT NULL OR output_tokens IS NOT NULL OR cost_usd IS NOT NULL AS is_usage,
           CASE WHEN status IS NOT NULL THEN status = 'error' ELSE coalesce(status_code::INT >= 400, false) OR error IS NOT NULL END AS is_error
         FROM read_json('${folder}/*.jsonl', format = 'newline_delimited', filename = true, columns = {${types.join(', ')}})
         QUALIFY id IS NULL OR row_number() OVER (PARTITION BY filename, id ORDER BY line) = 1)
       WHERE ${where}`,
    `CREATE OR REPLACE VIEW counted AS SELECT * FROM passing WHERE ${inRange('ms')}`,
    `CREATE OR REPLACE VIEW before AS SELECT * FROM passing WHERE ${range.before === null ? 'false' : between('ms', range.before, range.from)}`,
    `CREATE OR REPLACE TABLE asked AS SELECT ${range.before !== null} AS has_before`,
    `CREATE OR REPLACE VIEW marked AS
       SELECT *, sum(CASE WHEN session IS NULL AND (gap IS NULL OR gap >= ${idleMinutes * 60_000}) THEN 1 ELSE 0 END)
         OVER (PARTITION BY session, CASE WHEN session IS NULL THEN "user" END ORDER BY ms ROWS UNBOUNDED PRECEDING) AS number
       FROM (SELECT *, ms - lag(ms) OVER (PARTITION BY session, CASE WHEN session IS NULL THEN "user" END ORDER BY ms) AS gap
             FROM passing WHERE session IS NOT NULL OR "user" IS NOT NULL)`,
    `CREATE OR REPLACE VIEW sessions_of_range AS
       SELECT *, (to_timestamp(first_ms / 1000.0) AT TIME ZONE '${zone}')::DATE AS day FROM (
         SELECT any_value(session) AS session, first("user" ORDER BY ms, "user") FILTER (WHERE "user" IS NOT NULL) AS "user",
           min(ms) AS first_ms, max(ms) - min(ms) AS length_ms, count(*)::INT AS events,
           ${"count(*) FILTER (WHERE event = 'request')"}::INT AS requests,
           ${"count(*) FILTER (WHERE event = 'analysis')"}::INT AS analyses,
           ${"count(*) FILTER (WHERE event = 'user_query')"}::INT AS queries,
           ${'count(*) FILTER (WHERE is_error)'}::INT AS errors,
           CASE WHEN count(*) FILTER (WHERE is_usage) > 0 AND count(cost_usd) = 0 THEN NULL ELSE coalesce(sum(cost_usd), 0) END AS cost,
           bool_or(event = 'session_end') AS completed
         FROM marked GROUP BY session, CASE WHEN session IS NULL THEN "user" END, number)
       WHERE ${inRange('first_ms')}`,
  ])
    await connection.run(sql)
}

function between(ms, from, to) {
  const parts = [
    from === null ? [] : [`${ms} >= epoch_ms(${from})`],
    to === null ? [] : [`${ms} < epoch_ms(${to})`],
  ].flat()
  return parts.length === 0 ? 'true' : parts.join(' AND ')
}
