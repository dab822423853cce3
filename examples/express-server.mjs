// A small Express application that logs its requests and its calls of a model. Run it: node examples/express-server.mjs
import express from 'express'
import { usageLog } from 'usagebook/capture'

const usage = usageLog({ dir: process.env.USAGE_LOGS ?? 'usage_logs', timezone: 'Europe/London' })
const app = express()

app.use(
  usage.middleware({
    skip: ['/health', '/static/*'],
    user: request => request.auth?.email,
    features: { '/api/checks*': 'brand check' },
  }),
)
app.use(express.json())
app.use((request, _response, next) => {
  // In place of your sign-in.
  request.auth = { email: request.get('x-user') }
  next()
})

app.get('/health', (_request, response) => response.send('ok'))

app.post('/api/checks/:brand', async (request, response) => {
  const started = performance.now()
  const answer = await askModel(request.body.text)
  usage.analysis({
    client: 'diageo',
    user: request.auth.email,
    profile: 'brand_check',
    model: answer.model,
    inputTokens: answer.usage.input_tokens,
    outputTokens: answer.usage.output_tokens,
    checks: 12,
    durationMs: performance.now() - started,
  })
  response.json({ brand: request.params.brand, verdict: answer.text })
})

// After the routes: tells the log why a request failed.
app.use(usage.errorMiddleware())

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`listening on http://localhost:${server.address().port}`)
})

process.once('SIGTERM', () => {
  server.close(() => usage.close())
  server.closeAllConnections()
})

// In place of a call of your provider.
async function askModel(text) {
  if (typeof text !== 'string') throw new TypeError('there is no text to check')
  return { model: 'gpt-4o-mini', text: 'all is well', usage: { input_tokens: text.length, output_tokens: 3 } }
}
