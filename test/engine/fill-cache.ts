// A process that answers from a cache and fills it on the way; prints the answer.
import { cachedAnswer, USAGE_QUERY } from './cache-corpus.ts'

const { answer } = await cachedAnswer(process.argv[2]!, USAGE_QUERY)
process.stdout.write(JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
