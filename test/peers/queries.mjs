// Each report again, as SQL over the view `counted`: the events of the range that pass the filters. A question is what it
// asks the program for, and the rows that it must have; `sessions` are made from all events that pass, whatever the range.

const count = where => `count(*) FILTER (WHERE ${where})`
const USAGE = 'is_usage'
const REQUEST = `(is_usage OR event = 'request')`
const requests = `count(*)::INT AS requests`
const errors = `${count('is_error')}::INT AS errors`
const mean = `round(sum(duration_ms) / count(duration_ms), 3) AS "meanDurationMs"`

const by = (key, name, columns, where) =>
  `SELECT ${key} AS "${name}", ${columns} FROM counted WHERE ${where} GROUP BY ${key}`

/** A report and its flags; of each key of the document: the columns to compare, the SQL, and which rows count. */
export const REPORTS = {
  requests: {
    '': [
      ['activeUsers', 'totalRequests', 'totalErrors'],
      `SELECT count(DISTINCT "user")::INT AS "activeUsers", count(*)::INT AS "totalRequests", ${count('is_error')}::INT AS "totalErrors" FROM counted WHERE event = 'request'`,
    ],
    users: [['user', 'requests', 'errors'], by('"user"', 'user', `${requests}, ${errors}`, `event = 'request'`)],
    topFeatures: [
      ['feature', 'requests', 'errors', 'users'],
      by('feature', 'feature', `${requests}, ${errors}, count(DISTINCT "user")::INT AS users`, `event = 'request'`),
    ],
    topEndpoints: [
      ['endpoint', 'requests', 'errors', 'users'],
      by('endpoint', 'endpoint', `${requests}, ${errors}, count(DISTINCT "user")::INT AS users`, `event = 'request'`),
    ],
    errorBreakdown: [
      ['statusCode', 'errors'],
      by('status_code', 'statusCode', `count(*)::INT AS errors`, `event = 'request' AND is_error`),
    ],
  },
  errors: {
    summary: [
      ['events', 'errors', 'usersWithErrors'],
      `SELECT count(*)::INT AS events, ${errors}, count(DISTINCT "user") FILTER (WHERE is_error)::INT AS "usersWithErrors" FROM counted`,
    ],
    byCode: [['code', 'errors'], by('status_code', 'code', `count(*)::INT AS errors`, 'is_error')],
    byType: [['type', 'errors'], by('error_type', 'type', `count(*)::INT AS errors`, 'is_error')],
    byUser: [
      ['user', 'errors', 'events'],
      `SELECT * FROM (${by('"user"', 'user', `${errors}, count(*)::INT AS events`, 'true')}) WHERE errors > 0`,
    ],
    byEndpoint: [
      ['endpoint', 'errors', 'events'],
      `SELECT * FROM (${by('endpoint', 'endpoint', `${errors}, count(*)::INT AS events`, 'true')}) WHERE errors > 0`,
    ],
    recent: [
      ['message', 'type', 'code', 'endpoint', 'user', 'errors'],
      `SELECT error AS message, error_type AS type, status_code AS code, endpoint, "user", count(*)::INT AS errors FROM counted WHERE is_error GROUP BY ALL`,
    ],
  },
  latency: {
    summary: [['requests', 'meanDurationMs', '~p50DurationMs', '~p95DurationMs', '~maxDurationMs'], latency(null)],
    byModel: [
      ['model', 'requests', 'meanDurationMs', '~p50DurationMs', '~p95DurationMs', '~maxDurationMs'],
      latency('model'),
    ],
    byEndpoint: [
      ['endpoint', 'requests', 'meanDurationMs', '~p50DurationMs', '~p95DurationMs', '~maxDurationMs'],
      latency('endpoint'),
    ],
    byClient: [
      ['client', 'requests', 'meanDurationMs', '~p50DurationMs', '~p95DurationMs', '~maxDurationMs'],
      latency('client'),
    ],
  },
  models: {
    byModel: [
      ['model', 'requests', 'errors', 'inputTokens', 'outputTokens', 'costUsd', 'meanDurationMs'],
      by('model', 'model', `${requests}, ${errors}, ${usage()}, ${mean}`, USAGE),
    ],
    byDay: [
      ['day', 'requests', 'costUsd'],
      `SELECT strftime(day, '%Y-%m-%d') AS day, ${requests}, ${cost()} FROM counted WHERE ${USAGE} GROUP BY ALL`,
    ],
  },
  features: {
    features: [
      ['feature', 'analyses', 'users', 'errors'],
      by(
        'feature',
        'feature',
        `count(*)::INT AS analyses, count(DISTINCT "user")::INT AS users, ${errors}`,
        `${USAGE} AND feature IS NOT NULL`,
      ),
    ],
  },
  'activity --by user,client': {
    '': [['total'], 'SELECT count(*)::INT AS total FROM counted'],
    groups: [
      ['user', 'client', 'count', 'errors'],
      `SELECT "user", client, count(*)::INT AS count, ${errors} FROM counted GROUP BY ALL`,
    ],
  },
  activity: {
    groups: [['activity', 'count'], by('coalesce(feature, event)', 'activity', 'count(*)::INT AS count', 'true')],
    days: [
      ['day', 'count', 'users'],
      `SELECT strftime(day, '%Y-%m-%d') AS day, count(*)::INT AS count, count(DISTINCT "user")::INT AS users FROM counted GROUP BY ALL`,
    ],
  },
  countries: {
    countries: [
      ['country', 'requests', 'users', 'errors', 'costUsd'],
      by('country', 'country', `${requests}, count(DISTINCT "user")::INT AS users, ${errors}, ${cost()}`, REQUEST),
    ],
  },
  clients: {
    clients: [
      ['client', 'requests', 'users', 'errors', 'costUsd', 'meanDurationMs'],
      by('client', 'client', `${requests}, count(DISTINCT "user")::INT AS users, ${errors}, ${cost()}, ${mean}`, USAGE),
    ],
  },
  feedback: {
    ratingDistribution: [
      ['rating', 'count'],
      by('rating', 'rating', 'count(*)::INT AS count', `event = 'feedback' AND rating BETWEEN 1 AND 5`),
    ],
    byDay: [
      ['day', 'count', 'rating1', 'rating5'],
      `SELECT strftime(day, '%Y-%m-%d') AS day, count(*)::INT AS count, ${count('rating = 1')}::INT AS rating1, ${count('rating = 5')}::INT AS rating5 FROM counted WHERE event = 'feedback' GROUP BY ALL`,
    ],
    summary: [
      ['count', 'rated', 'meanRating'],
      `SELECT count(*)::INT AS count, ${count('rating BETWEEN 1 AND 5')}::INT AS rated, round(avg(rating) FILTER (WHERE rating BETWEEN 1 AND 5), 4) AS "meanRating" FROM counted WHERE event = 'feedback'`,
    ],
    byModel: [
      ['model', 'count', 'meanRating'],
      by(
        'model',
        'model',
        `count(*)::INT AS count, round(avg(rating) FILTER (WHERE rating BETWEEN 1 AND 5), 4) AS "meanRating"`,
        `event = 'feedback'`,
      ),
    ],
  },
  threats: {
    topThreatTypes: [
      ['type', 'count', 'critical', 'high'],
      by(
        'threat_type',
        'type',
        `count(*)::INT AS count, ${count(`severity = 'critical'`)}::INT AS critical, ${count(`severity = 'high'`)}::INT AS high`,
        `event = 'threat'`,
      ),
    ],
    summary: [
      ['totalThreats', 'unresolvedThreats', 'criticalThreats', 'highThreats'],
      `SELECT count(*)::INT AS "totalThreats", ${count('resolved IS DISTINCT FROM true')}::INT AS "unresolvedThreats", ${count(`severity = 'critical'`)}::INT AS "criticalThreats", ${count(`severity = 'high'`)}::INT AS "highThreats" FROM counted WHERE event = 'threat'`,
    ],
    bySeverity: [['severity', 'count'], by('severity', 'severity', 'count(*)::INT AS count', `event = 'threat'`)],
    topAddresses: [
      ['address', 'count', 'unresolved'],
      by(
        'ip',
        'address',
        `count(*)::INT AS count, ${count('resolved IS DISTINCT FROM true')}::INT AS unresolved`,
        `event = 'threat'`,
      ),
    ],
  },
  uploads: {
    summary: [
      ['files', 'totalBytes', 'totalRows', '~medianBytes', '~maxBytes', 'users'],
      `SELECT count(*)::INT AS files, coalesce(sum(file_size_bytes), 0)::BIGINT AS "totalBytes", coalesce(sum(rows), 0)::BIGINT AS "totalRows", ${rank('file_size_bytes', 0.5)} AS "medianBytes", max(file_size_bytes) AS "maxBytes", count(DISTINCT "user")::INT AS users FROM counted WHERE event = 'file_upload'`,
    ],
    byType: [
      ['type', 'files', 'totalBytes'],
      by(
        'file_type',
        'type',
        `count(*)::INT AS files, coalesce(sum(file_size_bytes), 0)::BIGINT AS "totalBytes"`,
        `event = 'file_upload'`,
      ),
    ],
  },
  queries: {
    summary: [
      [
        'queries',
        'suggested',
        'typed',
        'meanLength',
        'responses',
        'withVisualization',
        'meanProcessingMs',
        '~p95ProcessingMs',
      ],
      `SELECT ${queries()} FROM counted`,
    ],
    byType: [
      ['type', 'queries', 'suggested', 'typed', 'responses', 'withVisualization'],
      by('feature', 'type', queries(), `event IN ('user_query', 'agent_response')`),
    ],
  },
  sessions: {
    summary: [
      ['sessions', 'activeUsers', '~meanLengthMs', '~medianLengthMs'],
      `SELECT count(*)::INT AS sessions, count(DISTINCT "user")::INT AS "activeUsers", round(avg(length_ms)) AS "meanLengthMs", ${rank('length_ms', 0.5)} AS "medianLengthMs" FROM sessions_of_range`,
    ],
    byDay: [
      ['day', 'sessions', 'activeUsers', '~meanLengthMs'],
      `SELECT strftime(day, '%Y-%m-%d') AS day, count(*)::INT AS sessions, count(DISTINCT "user")::INT AS "activeUsers", round(avg(length_ms)) AS "meanLengthMs" FROM sessions_of_range GROUP BY ALL`,
    ],
    sessions: [
      ['session', 'user', 'lengthMs', 'events', 'requests', 'analyses', 'queries', 'errors', 'costUsd', 'completed'],
      `SELECT session, "user", length_ms AS "lengthMs", events, requests, analyses, queries, errors, cost AS "costUsd", completed FROM sessions_of_range`,
    ],
  },
  trends: {
    metrics: [['metric', 'value', 'before'], trends(), row => row.metric !== 'p95DurationMs'],
  },
  'usage --group-by user,profile,country': {
    rows: [
      ['user', 'profile', 'country', 'analyses', 'errors', 'inputTokens', 'outputTokens', 'costUsd'],
      `SELECT "user", profile, country, count(*)::INT AS analyses, ${errors}, ${usage()} FROM counted WHERE ${USAGE} GROUP BY ALL`,
    ],
  },
  usage: {
    byClient: [
      ['client', 'analyses', 'errors', 'inputTokens', 'outputTokens', 'costUsd'],
      by('client', 'client', `count(*)::INT AS analyses, ${errors}, ${usage()}`, USAGE),
    ],
  },
}

function latency(key) {
  const quantiles = [
    [0.5, 'p50'],
    [0.95, 'p95'],
    [1, 'max'],
  ].map(([share, name]) => `${rank('duration_ms', share)} AS "${name}DurationMs"`)
  const columns = `count(duration_ms)::INT AS requests, ${mean}, ${quantiles.join(', ')}`
  const where = `${REQUEST} AND duration_ms IS NOT NULL`
  return key === null ? `SELECT ${columns} FROM counted WHERE ${where}` : by(key, key, columns, where)
}

// Each metric of the range and of the one before, null where none comes before. A quantile is near, so it stands apart.
function trends() {
  const timed = `sum(duration_ms) FILTER (WHERE ${USAGE})`
  const metrics = [
    ['analyses', count(USAGE)],
    ['requests', count(`event = 'request'`)],
    ['errors', count(`${USAGE} AND is_error`)],
    ['errorRate', `round(${count(`${USAGE} AND is_error`)} / nullif(${count(USAGE)}, 0), 4)`],
    ['costUsd', `CASE WHEN ${count(USAGE)} > 0 AND count(cost_usd) = 0 THEN NULL ELSE coalesce(sum(cost_usd), 0) END`],
    ['totalTokens', `coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)) FILTER (WHERE ${USAGE}), 0)`],
    ['meanDurationMs', `round(${timed} / nullif(count(duration_ms) FILTER (WHERE ${USAGE}), 0), 3)`],
    ['clients', `count(DISTINCT client) FILTER (WHERE ${USAGE})`],
    ['activeUsers', 'count(DISTINCT "user")'],
    ['events', 'count(*)'],
    ['queries', count(`event = 'user_query'`)],
    ['uploads', count(`event = 'file_upload'`)],
    ['feedback', count(`event = 'feedback'`)],
    ['meanRating', `round(avg(rating) FILTER (WHERE event = 'feedback' AND rating BETWEEN 1 AND 5), 4)`],
    ['threats', count(`event = 'threat'`)],
  ]
  const rows = metrics.map(
    ([name, value]) => `SELECT '${name}' AS metric, (SELECT ${value} FROM counted)::DOUBLE AS value,
      CASE WHEN (SELECT has_before FROM asked) THEN (SELECT ${value} FROM before)::DOUBLE END AS before`,
  )
  return rows.join(' UNION ALL ')
}

/** The nearest rank. */
function rank(column, share) {
  return `list_sort(list(${column}) FILTER (WHERE ${column} IS NOT NULL))[greatest(1, ceil(${share} * count(${column})))::INT]`
}

// Null where there is usage and none of it has a cost.
function cost() {
  return `CASE WHEN ${count('is_usage')} > 0 AND count(cost_usd) = 0 THEN NULL ELSE coalesce(sum(cost_usd), 0) END AS "costUsd"`
}

function usage() {
  return `coalesce(sum(input_tokens), 0)::BIGINT AS "inputTokens", coalesce(sum(output_tokens), 0)::BIGINT AS "outputTokens", ${cost()}`
}

function queries() {
  const query = `event = 'user_query'`
  const response = `event = 'agent_response'`
  return [
    `${count(query)}::INT AS queries`,
    `${count(`${query} AND suggested`)}::INT AS suggested`,
    `${count(`${query} AND suggested IS DISTINCT FROM true`)}::INT AS typed`,
    `round(avg(text_length) FILTER (WHERE ${query}), 2) AS "meanLength"`,
    `${count(response)}::INT AS responses`,
    `${count(`${response} AND has_visualization`)}::INT AS "withVisualization"`,
    `round(avg(duration_ms) FILTER (WHERE ${response}), 3) AS "meanProcessingMs"`,
    `list_sort(list(duration_ms) FILTER (WHERE ${response} AND duration_ms IS NOT NULL))[greatest(1, ceil(0.95 * count(duration_ms) FILTER (WHERE ${response})))::INT] AS "p95ProcessingMs"`,
  ].join(', ')
}
