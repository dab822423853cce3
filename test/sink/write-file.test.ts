import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '../../src/base/errors.ts'
import { LineFile } from '../../src/sink/line-file.ts'
import { writeFileWhole } from '../../src/sink/sink.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'usagebook-sink-'))
const write = (file: string): Promise<void> => writeFileWhole(file, ['new'], () => async () => undefined)

test('a file is replaced whole, keeps its permissions, and nothing is left beside it', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'january.csv'), 'old')
  chmodSync(join(folder, 'january.csv'), 0o600)
  await write(join(folder, 'january.csv'))
  expect(readFileSync(join(folder, 'january.csv'), 'utf8')).toBe('new')
  expect(statSync(join(folder, 'january.csv')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['january.csv'])
})

test('folders in the path are made', async () => {
  const file = join(newFolder(), 'reports', '2026', 'january.csv')
  await write(file)
  expect(readFileSync(file, 'utf8')).toBe('new')
})

test('a symbolic link stays one, and the file behind it is replaced', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'shared'))
  writeFileSync(join(folder, 'shared', 'january.csv'), 'old')
  symlinkSync(join('shared', 'january.csv'), join(folder, 'latest.csv'))
  await write(join(folder, 'latest.csv'))
  expect(lstatSync(join(folder, 'latest.csv')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'shared', 'january.csv'), 'utf8')).toBe('new')
})

test('a device is written to and stays a device', async () => {
  const folder = newFolder()
  symlinkSync('/dev/null', join(folder, 'nowhere'))
  await write(join(folder, 'nowhere'))
  const lines = new LineFile(join(folder, 'nowhere'), 'rejects')
  lines.write('{}')
  lines.commit()
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

test.each(['notes.txt/january.csv', 'notes.txt/reports/january.csv', 'folder'])(
  'a file that cannot be written, %s, is an error that names it and leaves nothing',
  async name => {
    const folder = newFolder()
    writeFileSync(join(folder, 'notes.txt'), 'notes')
    mkdirSync(join(folder, 'folder'))
    const target = join(folder, name)
    await expect(write(target)).rejects.toThrow(InputError)
    expect(() => new LineFile(target, 'rejects').commit()).toThrow(`${target} cannot be written`)
    expect(readdirSync(folder).sort()).toEqual(['folder', 'notes.txt'])
  },
)

test('a full disk is named as such', async () => {
  await expect(write('/dev/full')).rejects.toThrow('/dev/full cannot be written: the disk is full.')
})
