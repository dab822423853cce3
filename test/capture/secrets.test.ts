import { createServer, type RequestListener } from 'node:http'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { type UsageLogOptions, usageLog } from '../../src/capture/index.ts'
import { type LogFolder, openLogFolder } from './log-folder.ts'
import { hangUp, listen, until } from './web-server.ts'

const SECRETS = {
  bodyPassword: 'hunter2-body',
  brokenBody: 'hunter2 in no JSON',
  bearer: 'sk-proj-Abc123Def456Ghi789',
  basic: 'YW5uYTpnZWhlaW0xMjM=',
  apiKeyHeader: 'ak_live_51Hx7Qz9Lm',
  cookie: 's%3Aq8Zk2LmN0pR4tV6x',
  query: 'q-token-4f9a8b7c',
  userInfo: 'geheimes-passwort',
  referrer: 'ref-token-99aa88bb',
  errorKey: 'sk-ant-api03-ZyXwVu987654321abcdef',
  errorPassword: 'correcthorse',
  errorUrl: 'postgres-kennwort',
  errorQuery: 'sig-0123456789abcdef',
  resetToken: 'b3f1c29ad0e84f5c9d7e6a1b2c3d4e5f',
  answer: 'the answer is confidential',
  question: 'what is in the secret brief?',
}

/** Sends each secret in its place to a server that fails in several ways, and logs the kinds that carry text. */
async function logSecrets(options: UsageLogOptions = {}): Promise<LogFolder> {
  const folder = openLogFolder()
  const usage = usageLog({ ...options, dir: folder.dir })
  const app = express()
  app.use(usage.middleware({ session: { cookie: 'sid' }, query: ['page'], usageFrom: 'response' }))
  app.use(express.json())
  app.post('/login', (_request, response) => void response.json({ answer: SECRETS.answer, model: 'gpt-4o' }))
  app.get('/fail', () => {
    throw new Error(
      `Incorrect API key provided: ${SECRETS.errorKey}; password=${SECRETS.errorPassword} at ` +
        `postgres://app:${SECRETS.errorUrl}@db/brands and https://blob.example/x?sig=${SECRETS.errorQuery}`,
    )
  })
  app.use(usage.errorMiddleware())
  app.use((_error: unknown, _request: unknown, response: express.Response, _next: unknown) => {
    response.status(500).send('sorry')
  })
  const base = await listen(createServer(app as unknown as RequestListener))
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${SECRETS.bearer}`,
    'proxy-authorization': `Basic ${SECRETS.basic}`,
    'x-api-key': SECRETS.apiKeyHeader,
    cookie: `sid=${SECRETS.cookie}; theme=dark`,
    referer: `https://anna:${SECRETS.userInfo}@brands.example/?t=${SECRETS.referrer}`,
  }
  const body = JSON.stringify({ user: 'anna', password: SECRETS.bodyPassword })
  await fetch(`${base}/login?token=${SECRETS.query}&page=2`, { method: 'POST', headers, body })
  await fetch(`${base}/login`, { method: 'POST', headers, body: SECRETS.brokenBody })
  await fetch(`${base}/fail`, { headers })
  await fetch(`${base}/reset/${SECRETS.resetToken}`, { headers })
  await hangUp(base, `http://anna:${SECRETS.userInfo}@brands.example/fail?key=${SECRETS.query}`, true)
  usage.userQuery({ text: SECRETS.question })
  usage.agentResponse({ text: SECRETS.answer })
  usage.error({ error: new Error(`token ${SECRETS.bearer} was refused`), endpoint: `/x?key=${SECRETS.query}` })
  await until(() => usage.counts().logged === 8)
  await usage.close()
  return folder
}

describe('secrets', () => {
  it('are nowhere in the log', async () => {
    const text = (await logSecrets()).text()
    const found = Object.entries(SECRETS).filter(([, secret]) => text.includes(secret))
    expect(found).toEqual([])
  })

  it('leave enough in the log to see what happened', async () => {
    const events = (await logSecrets()).events()
    expect(events.map(event => event.endpoint)).toEqual([
      '/login',
      '/login',
      '/fail',
      ':unmatched',
      '/fail',
      undefined,
      undefined,
      '/x',
    ])
    expect(events[0]).toMatchObject({ query_params: { page: '2' }, session: expect.any(String) })
    expect(events[2]?.error).toContain('Incorrect API key provided')
  })

  it('of texts are logged only where texts were asked for', async () => {
    const text = (await logSecrets({ text: true })).text()
    expect(text).toContain(SECRETS.question)
    expect(text).toContain(SECRETS.answer)
    expect(text).not.toContain(SECRETS.bodyPassword)
  })
})
