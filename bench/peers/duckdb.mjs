// DuckDB: the group-bys of the usage report as one statement with grouping sets.
import { DuckDBInstance } from '@duckdb/node-api'
import { SHAPES } from '../shapes.mjs'
import { addSets, emptyAnswer, print } from './answer.mjs'

const [shapeName, folder] = process.argv.slice(2)
const { ending, duckdb } = SHAPES[shapeName]
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const result = await connection.runAndReadAll(`
  select client, "user", profile, strftime(timestamp::date, '%Y-%m-%d') d, model, grouping_id(client, "user", profile, d, model) g,
    count(*), sum(checks), sum(input_tokens), sum(output_tokens), count(*) filter (status = 'error')
  from (select ${duckdb.select} from read_ndjson('${folder}/*.${ending}', columns = ${duckdb.columns}))
  group by grouping sets ((model), (client, model), ("user", model), (profile, model), (d, model), (client, profile))`)
const SETS = { 30: ['model'], 14: ['client'], 22: ['user'], 26: ['profile'], 28: ['day'] }
print(addSets(emptyAnswer(), result.getRows(), set => SETS[set] ?? []))
