// What lets cron and systemd run the schedule: systemd understands the units, and what else is in a crontab is kept.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cronEntry, systemdUnits } from '../../src/schedule/timetable.ts'
import { has } from '../support/needs.ts'
import { runInProcess } from '../support/run-in-process.ts'

const PROGRAM = ['--program', '/usr/local/bin/usagebook']
const hasVerify = has({
  tests: 'the units of systemd',
  isThere: spawnSync('systemd-analyze', ['--version']).status === 0,
  missing: 'there is no systemd-analyze.',
  how: "Install Debian's package systemd, then run: npx vitest run test/cli/schedule-install.slow.test.ts",
  variable: 'USAGEBOOK_REQUIRE_SYSTEMD',
})

let folder = ''
let home = ''

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'usagebook-install-'))
  folder = join(home, 'workspace')
  mkdirSync(folder)
})
afterEach(() => rmSync(home, { recursive: true }))

function install(...words: string[]) {
  const environment = { PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home, CRONTAB: join(home, 'crontab') }
  return runInProcess(['schedule', 'install', ...PROGRAM, ...words], folder, environment, undefined)
}

describe('a crontab', () => {
  beforeEach(() => {
    mkdirSync(join(home, 'bin'))
    const program = join(home, 'bin', 'crontab')
    writeFileSync(
      program,
      `#!/bin/sh
if [ "$1" = -l ]; then
  [ -e "$CRONTAB.broken" ] && { echo "cannot read" >&2; exit 1; }
  [ -e "$CRONTAB" ] || { echo "no crontab for anna" >&2; exit 1; }
  cat "$CRONTAB"
else cat > "$CRONTAB"
fi
`,
    )
    chmodSync(program, 0o755)
  })

  const entry = () =>
    cronEntry({ words: ['/usr/local/bin/usagebook', 'schedule', 'run', '--root', folder], root: folder })

  test('is made where there is none', async () => {
    expect(await install('--yes')).toMatchObject({ code: '0' })
    expect(readFileSync(join(home, 'crontab'), 'utf8')).toBe(entry())
  })

  test('keeps what else it has, and its entry once', async () => {
    const others = ['MAILTO=anna@diageo.com', '0 4 * * * /usr/bin/backup', '']
    writeFileSync(join(home, 'crontab'), others.join('\n'))
    await install('--yes')
    await install('--yes', '--timezone', 'Asia/Kathmandu')
    const again = await install('--yes', '--timezone', 'Asia/Kathmandu')
    expect(again.stdout).toBe('It is installed already.\n')
    const zoned = entry().replace(/\n$/, ' --timezone Asia/Kathmandu\n')
    expect(readFileSync(join(home, 'crontab'), 'utf8')).toBe(`${others.join('\n')}${zoned}`)
  })

  test('is left alone where it cannot be read', async () => {
    writeFileSync(join(home, 'crontab'), '0 4 * * * /usr/bin/backup\n')
    writeFileSync(join(home, 'crontab.broken'), '')
    const ran = await install('--yes')
    expect(ran).toMatchObject({ code: '1' })
    expect(ran.stderr).toContain('The crontab cannot be read or written: cannot read')
    expect(readFileSync(join(home, 'crontab'), 'utf8')).toBe('0 4 * * * /usr/bin/backup\n')
  })

  test('is only shown by a dry run, and written by nobody who was not asked', async () => {
    expect((await install('--dry-run')).stdout).toContain(entry())
    expect(await install()).toMatchObject({ code: '2' })
    expect(existsSync(join(home, 'crontab'))).toBe(false)
  })
})

test('cron would take a percent sign for an end of line', () => {
  expect(cronEntry({ words: ['/opt/100% it/usagebook', 'schedule', 'run'], root: '/srv' })).toBe(
    "# usagebook runs what is due in /srv\n* * * * * '/opt/100\\% it/usagebook' schedule run\n",
  )
})

test('a path with a line break is refused', async () => {
  const ran = await runInProcess(['schedule', 'print', '--program', 'a\nb'], folder, {}, undefined)
  expect(ran.code).toBe('2')
  expect(ran.stderr).toContain('has a line break in it')
})

test('a folder that is a file is told', async () => {
  writeFileSync(join(home, '.config'), '')
  const ran = await install('--as', 'systemd', '--yes')
  expect(ran.code).toBe('1')
  expect(ran.stderr).toContain('usagebook.service cannot be written: a part of its path is not a folder')
})

test.skipIf(!hasVerify)(
  'systemd understands the units, whatever the path of the workspace',
  { timeout: 60_000 },
  () => {
    for (const [number, path] of ['/srv/usage', `/srv/100% of "it" $HOME \\ it's`].entries()) {
      const called = { words: [process.execPath, '/opt/usagebook.js', 'schedule', 'run', '--root', path], root: path }
      const files = systemdUnits(`usagebook-${number}`, called).map(unit => {
        const file = join(home, unit.name)
        writeFileSync(file, unit.text)
        return file
      })
      const env = { ...process.env, XDG_RUNTIME_DIR: home }
      const ended = spawnSync('systemd-analyze', ['verify', ...files], { env, encoding: 'utf8' })
      // What it says of the machine's own units is not ours.
      expect(`${ended.stdout}${ended.stderr}`).not.toContain('usagebook-')
      expect(ended.status).toBe(0)
    }
  },
)
