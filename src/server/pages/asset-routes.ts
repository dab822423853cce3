// Where browsers find the files of the pages.
import { ProblemError } from '../problem.ts'
import type { Route } from '../route.ts'
import { TYPE_OF } from './assets.ts'

export const ASSET_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/assets/:name',
    roles: ['anybody'],
    summary: 'style, script and icon of the pages',
    group: 'Pages',
    isPage: true,
    types: Object.values(TYPE_OF),
    async handle({ path, services }) {
      const asset = services.assets.named(path.name!)
      // After an update, a page that is still open asks for what was before.
      if (asset === undefined)
        throw new ProblemError({ status: 404, code: 'not-found', title: 'There is no such file.' })
      const { bytes, type, etag } = asset
      return { bytes, type, etag, headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } }
    },
  },
]
