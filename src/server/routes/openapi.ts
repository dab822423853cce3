// The document that describes the API, for anybody who writes a client for it.
import * as z from 'zod'
import type { Route } from '../route.ts'

/** `routes` are those that it describes, including itself. */
export function openApiRoutes(routes: () => readonly Route[]): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/openapi.json',
      roles: ['admin', 'manager', 'viewer', 'user'],
      summary: 'this document',
      group: 'Health',
      answer: z.looseObject({ openapi: z.string() }),
      async handle({ services }) {
        const { openApiDocument } = await import('../openapi.ts')
        return { json: openApiDocument(routes(), services.version, services.settings.basePath) }
      },
    },
  ]
}
