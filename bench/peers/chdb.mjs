// chDB (ClickHouse inside this process): the same statement.
import { query } from 'chdb'
import { SHAPES } from '../shapes.mjs'
import { addSets, emptyAnswer, print } from './answer.mjs'

const [shapeName, folder] = process.argv.slice(2)
const { ending, chdb } = SHAPES[shapeName]
const text = query(
  `select client, user, profile, d, model, grouping(client, user, profile, d, model) as g,
     count(), sum(checks), sum(input_tokens), sum(output_tokens), countIf(status = 'error')
   from (select *, substring(timestamp, 1, 10) as d from (select ${chdb.select}
     from file('${folder}/*.${ending}', 'JSONEachRow', '${chdb.structure}')))
   group by grouping sets ((model), (client, model), (user, model), (profile, model), (d, model), (client, profile))`,
  'JSONCompactEachRow',
)
const rows = text
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line))
const SETS = { 30: ['model'], 14: ['client'], 22: ['user'], 26: ['profile'], 28: ['day'] }
print(addSets(emptyAnswer(), rows, set => SETS[set] ?? []))
