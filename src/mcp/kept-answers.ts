// Documents whose next page may be asked for: all pages are of one document, even while the logs grow.
import { createHash } from 'node:crypto'
import type { Document } from './document-page.ts'

/** The oldest go first; their pages are made again where nothing has changed. */
const MOST_KEPT = 8

interface Kept {
  readonly question: string
  readonly document: Document
}

export class KeptAnswers {
  private readonly byDigest = new Map<string, Kept>()

  /** Keeps the answer to a question, and gives its digest. */
  keep(question: unknown, document: Document): string {
    const digest = digestOf(document)
    this.byDigest.delete(digest)
    this.byDigest.set(digest, { question: JSON.stringify(question), document })
    for (const oldest of this.byDigest.keys()) {
      if (this.byDigest.size <= MOST_KEPT) break
      this.byDigest.delete(oldest)
    }
    return digest
  }

  /** Undefined where it is not kept, or was the answer to another question, which somebody else may have asked. */
  find(question: unknown, digest: string): Document | undefined {
    const kept = this.byDigest.get(digest)
    return kept?.question === JSON.stringify(question) ? kept.document : undefined
  }
}

// When it was made is no part of what it says.
export function digestOf({ generatedAt: _, ...document }: Document): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 22)
}
