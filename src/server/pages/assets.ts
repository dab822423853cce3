// Style, script and icon of the pages: files under names with a hash of what is in them, so that a browser keeps them for ever.
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { builtFile } from '../../base/built-file.ts'
import { etagOf } from '../answers/answer-shelf.ts'

const FILES = ['pages.css', 'pages.js', 'icon.svg'] as const
export type AssetFile = (typeof FILES)[number]

export const TYPE_OF: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

interface Asset {
  readonly name: string
  readonly bytes: Uint8Array
  readonly type: string
  readonly etag: string
}

export class PageAssets {
  private readonly byFile: ReadonlyMap<AssetFile, Asset>

  private constructor(byFile: ReadonlyMap<AssetFile, Asset>) {
    this.byFile = byFile
  }

  static read(): PageAssets {
    return new PageAssets(new Map(FILES.map(file => [file, readAsset(file)])))
  }

  /** `pages.css` as `pages.Wx3d….css`. */
  nameOf(file: AssetFile): string {
    return this.byFile.get(file)!.name
  }

  named(name: string): Asset | undefined {
    return [...this.byFile.values()].find(asset => asset.name === name)
  }
}

function readAsset(file: AssetFile): Asset {
  const bytes = readFileSync(builtFile(file))
  const etag = etagOf(bytes)
  const ending = extname(file)
  const hash = etag.slice(1, 13)
  return { name: `${file.slice(0, -ending.length)}.${hash}${ending}`, bytes, type: TYPE_OF[ending]!, etag }
}
