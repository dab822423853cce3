// What stands in the first lines of a log that another tool wrote: enough for a first look, which loads none of their formats.

/** For each format; ASCII. A log of it has one of them in its first lines. */
export const MARKS: Readonly<Record<string, readonly string[]>> = {
  'claude-code': ['"sessionId"', '"leafUuid"', '"file-history-snapshot"'],
  codex: ['"session_meta"', '"turn_context"', '"event_msg"', '"response_item"'],
  'gemini-cli': ['"projectHash"', '"gemini"'],
  pi: ['"cacheRead"', '"thinking_level_change"', '"model_change"', '"type":"session"'],
  litellm: ['"response_cost"', '"call_type"'],
  'otel-genai': ['"resourceSpans"', '"resourceLogs"', '"resourceMetrics"'],
  langfuse: ['"GENERATION"', '"usage_details"', '"usageDetails"'],
  helicone: ['"request_created_at"'],
  openrouter: ['"model_permaslug"'],
  bedrock: ['"ModelInvocationLog"'],
  'openai-usage': ['"organization.usage', '"organization.costs', '"bucket"'],
  'anthropic-usage': ['"starting_at"'],
  pino: ['"hostname"'],
  'python-logging': ['"levelname"', '"asctime"'],
}

/** The most bytes that are looked at. */
export const MOST_SAMPLED_BYTES = 1024 * 1024

const NEWLINE = 10
// One pass for all, since nearly every log is native and has none.
const ANY_MARK = new RegExp(Object.values(MARKS).flat().map(escapeText).join('|'))

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Whether text of one byte a character has a mark of any of the formats. */
export function hasMark(text: string): boolean {
  return ANY_MARK.test(text)
}

/** Whether bytes hold so many whole lines. */
export function hasLines(head: Buffer, count: number): boolean {
  let at = 0
  for (let lines = 0; lines < count; lines++) {
    at = head.indexOf(NEWLINE, at) + 1
    if (at === 0) return false
  }
  return true
}
