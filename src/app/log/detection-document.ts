// Which formats logs are in, as JSON.
import type { JsonObject, JsonValue } from '../../base/json.ts'
import type { Detection } from './detect-format.ts'

export function detectionDocument({ files, failures, draft }: Detection): JsonObject {
  return {
    schema: 'usagebook/log-detect@1',
    files: files.map(file => ({
      ...file,
      nearest: file.nearest && { ...file.nearest, missing: [...file.nearest.missing] },
    })),
    draft: draft && { file: draft.file, keys: [...draft.keys], description: draft.description as JsonValue },
    failures: failures.map(failure => ({ ...failure })),
  }
}
