// The lines for cron, or the units for systemd, that call "usagebook schedule run" every minute. That a minute is enough for
// every job in every zone is why there is one of them and not one a job: cron and systemd know neither zones nor what was missed.
import { shellWord } from '../base/shell-word.ts'

export interface Called {
  /** The program and its arguments, as a process gets them. */
  readonly words: readonly string[]
  /** Absolute path of the workspace, for people. */
  readonly root: string
}

/** A comment and a line for a crontab. cron takes % for an end of line, and hands the rest to a shell. */
export function cronEntry({ words, root }: Called): string {
  const line = words.map(shellWord).join(' ').replaceAll('%', '\\%')
  return `${cronMark(root)}\n* * * * * ${line}\n`
}

/** The comment by which the entry of a workspace is found again. */
export function cronMark(root: string): string {
  return `# usagebook runs what is due in ${root}`
}

/** A crontab with this entry at its end, or in the place of the one that it has for the workspace. */
export function withEntry(crontab: string, called: Called): string {
  const lines = crontab === '' ? [] : crontab.replace(/\n$/, '').split('\n')
  const at = lines.indexOf(cronMark(called.root))
  const entry = cronEntry(called).trimEnd().split('\n')
  if (at === -1) return `${[...lines, ...entry].join('\n')}\n`
  return `${[...lines.slice(0, at), ...entry, ...lines.slice(at + 2)].join('\n')}\n`
}

export interface Unit {
  readonly name: string
  readonly text: string
}

/** A service that runs once, and the timer that starts it. An alert that was told (5) is no failure of the service. */
export function systemdUnits(name: string, { words, root }: Called): Unit[] {
  const description = `Description=usagebook runs what is due in ${root.replaceAll('%', '%%')}`
  return [
    {
      name: `${name}.service`,
      text: [
        ...['[Unit]', description, '', '[Service]', 'Type=oneshot', `ExecStart=${words.map(unitWord).join(' ')}`],
        ...['SuccessExitStatus=5', ''],
      ].join('\n'),
    },
    {
      name: `${name}.timer`,
      text: [
        ...['[Unit]', description, '', '[Timer]', 'OnCalendar=minutely', 'AccuracySec=1s', 'Persistent=true', ''],
        ...['[Install]', 'WantedBy=timers.target', ''],
      ].join('\n'),
    },
  ]
}

// % and $ have a meaning there also within quotes.
function unitWord(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w@%+=:,./-]+$/.test(escaped) ? escaped : `"${escaped}"`
}
