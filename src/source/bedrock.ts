// Amazon Bedrock: the invocation log that it writes to S3. The contents of requests and answers are in separate files under data/.
import type { Source } from './source.ts'

export const BEDROCK: Source = {
  name: 'bedrock',
  help: 'invocation logs of Amazon Bedrock',
  description: {
    fields: {
      timestamp: 'timestamp',
      id: 'requestId',
      client: 'accountId',
      user: { path: 'identity.arn', strip: 'arn' },
      feature: 'operation',
      model: { path: 'modelId', strip: 'arn' },
      input_tokens: 'input.inputTokenCount',
      cache_read_input_tokens: 'input.cacheReadInputTokenCount',
      cache_creation_input_tokens: 'input.cacheWriteInputTokenCount',
      output_tokens: 'output.outputTokenCount',
      error: 'errorCode',
    },
    constants: { provider: 'aws' },
    skip: ['schemaType!=ModelInvocationLog'],
  },
  signs: [['schemaType=ModelInvocationLog']],
}
