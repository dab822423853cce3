// What the log says about an error: its message and class; or, for parsers and validators, which quote their input, its
// code and class. Never its stack, its cause or anything else.

/** The message of an error, its code where the message may quote a body, or the text itself. */
export function errorMessage(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (quotesInput(value)) return codeOf(value) ?? errorTypeOf(value) ?? 'invalid input'
  const { message } = value as { message?: unknown }
  return message === undefined || message === '' ? errorTypeOf(value) : message
}

/** The class of an error, where the value is one. */
export function errorTypeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, constructor: made } = value as { name?: unknown; constructor?: { name?: unknown } }
  const type = name === undefined || name === 'Error' ? made?.name : name
  return typeof type === 'string' && type !== 'Object' && type !== '' ? type : undefined
}

/** Classes of errors whose messages are about what was sent: `SyntaxError`, `ZodError`, `ValidationError`, `YAMLException`. */
const QUOTING_CLASS = /syntax|uri|pars|valid|zod|valibot|joi|yup|ajv|struct|schema|decod|serializ|yaml|xml|csv|cast/i
/** Codes of Fastify, body-parser, the parsers of HTTP and URLs in Node, and those of others that say what they are. */
const QUOTING_CODE =
  /^(?:FST_|HPE_|ERR_INVALID_|ERR_HTTP_INVALID_|(?:entity|encoding|charset|parameters|request|stream)\.)|VALID|PARSE|SYNTAX|MALFORMED/i
/** Where validators keep what was wrong with each field. */
const PROBLEM_LISTS = ['issues', 'errors', 'validation', 'details', 'inner', 'validationErrors', 'fieldErrors']
/** Where parsers keep what they were given. */
const INPUTS = ['body', 'rawBody', 'rawPacket', 'input', 'validationContext']
const PLAIN_CODE = /^[\w.-]{1,64}$/
const MAX_DEPTH = 10

function quotesInput(error: object): boolean {
  const fields = error as Readonly<Record<string, unknown>>
  if (classesOf(error).some(name => QUOTING_CLASS.test(name))) return true
  if ([fields.code, fields.type].some(code => typeof code === 'string' && QUOTING_CODE.test(code))) return true
  if (INPUTS.some(name => fields[name] !== undefined)) return true
  return !(error instanceof AggregateError) && PROBLEM_LISTS.some(name => Array.isArray(fields[name]))
}

function classesOf(error: object): string[] {
  const names: unknown[] = [(error as { name?: unknown }).name]
  let made: unknown = Object.getPrototypeOf(error)
  for (let depth = 0; made !== null && depth < MAX_DEPTH; depth++) {
    names.push((made as { constructor?: { name?: unknown } }).constructor?.name)
    made = Object.getPrototypeOf(made)
  }
  return names.filter(name => typeof name === 'string')
}

function codeOf(error: object): string | undefined {
  const { code, type } = error as { code?: unknown; type?: unknown }
  return [code, type].find((text): text is string => typeof text === 'string' && PLAIN_CODE.test(text))
}
