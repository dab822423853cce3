// Makes changes to several files a single change. First all of it is written to a journal; then each step is done, in a way
// that repeating it does no harm; then the journal is removed. A journal that is found means that a change was interrupted,
// and the change is finished. If a step fails (the disk is full), the steps before it are undone.
import { existsSync, lstatSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ConflictError, InputError, systemReason } from '../base/errors.ts'
import {
  cutFile,
  readFileFrom,
  removeTemporary,
  writeAtEnd,
  writeFolderEntries,
  writeNewFile,
  writeOverFile,
} from '../durable/durable-file.ts'
import { withoutMark } from './exact-json.ts'
import { readInside, resolveInside } from './folder.ts'
import { type Change, formatJournal, type Journal, parseJournal } from './journal-text.ts'
import { type ProfileHome, pathsOf } from './profile-home.ts'

const NEWLINE = 0x0a

/** How far a change has come. */
interface Progress {
  /** Version files that were not there before. */
  readonly made: string[]
  /** Whether an earlier process began it. */
  readonly isInterrupted: boolean
}

/** Does a change, wholly or not at all; the lock is held. */
export function writeChange(home: ProfileHome, change: Change): void {
  const paths = pathsOf(home)
  const audit = resolveInside(paths.audit)
  const auditSize = audit === undefined ? 0 : statSync(audit).size
  const needsNewline = audit !== undefined && auditSize > 0 && readFileFrom(audit, auditSize - 1)[0] !== NEWLINE
  const auditText = needsNewline ? `\n${change.auditText}` : change.auditText
  const journal: Journal = { ...change, auditText, auditSize, hasAudit: audit !== undefined }
  const progress: Progress = { made: [], isInterrupted: false }
  try {
    home.step?.('write the journal')
    writeOverFile(paths.journal, inode => formatJournal(journal, inode))
    writeFolderEntries(paths.folder)
    applyJournal(home, journal, progress)
  } catch (error) {
    // Clients are on the new version by now, so there is no way back but only one forward.
    if (hasMovedClients(paths.clients, journal)) throw unfinished(journal, paths.journal, error)
    undo(home, journal, progress.made, error)
    throw error
  }
  home.step?.('remove the journal')
  removeJournal(paths.journal, journal)
}

export function hasInterruptedChange(home: ProfileHome): boolean {
  return existsSync(pathsOf(home).journal)
}

/** Finishes a change that was interrupted, and says so; the lock is held. */
export function finishInterruptedChange(home: ProfileHome): void {
  const paths = pathsOf(home)
  const text = readInside(paths.journal)
  if (text === undefined) return
  const journal = parseJournal(text, lstatSync(paths.journal, { bigint: true }).ino, paths.journal)
  try {
    applyJournal(home, journal, { made: [], isInterrupted: true })
  } catch (error) {
    throw unfinished(journal, paths.journal, error)
  }
  for (const { id } of journal.versions) removeTemporary(join(paths.folder, `${id}.json`))
  removeJournal(paths.journal, journal)
  home.note(`finished a change that was interrupted: ${journal.title}`)
}

// The order matters to those who read meanwhile: a version has its audit line, and a client's version its file.
function applyJournal(home: ProfileHome, journal: Journal, progress: Progress): void {
  const paths = pathsOf(home)
  home.step?.('append to the audit')
  appendAudit(journal, resolveInside(paths.audit) ?? paths.audit)
  for (const { id, text } of journal.versions) {
    const file = join(paths.folder, `${id}.json`)
    home.step?.(`write ${id}`)
    if (readInside(file) === text) continue
    writeNewFile(file, text)
    progress.made.push(file)
  }
  home.step?.('flush the folder')
  writeFolderEntries(paths.folder)
  if (journal.clients === undefined) return
  home.step?.('write the clients')
  const current = readInside(paths.clients)
  if (current === journal.clients.text) return
  if ((current === undefined ? null : withoutMark(current)) !== journal.clients.before) {
    // Changed by hand since the change was interrupted: what somebody wrote stays, and validation tells the difference.
    if (progress.isInterrupted) return
    throw new ConflictError(
      'clients-changed',
      'Somebody changed clients.json at this very moment; nothing was changed.',
      {
        where: { file: paths.clients },
        hint: 'Try again.',
      },
    )
  }
  writeOverFile(resolveInside(paths.clients) ?? paths.clients, journal.clients.text)
  home.step?.('flush the workspace')
  writeFolderEntries(home.root)
}

// The disk is asked, because a call may fail after it did what it was to do.
function hasMovedClients(file: string, { clients }: Journal): boolean {
  return clients !== undefined && readInside(file) === clients.text
}

function appendAudit(journal: Journal, file: string): void {
  const tail = existsSync(file) ? readFileFrom(file, journal.auditSize) : Buffer.alloc(0)
  const wanted = Buffer.from(journal.auditText)
  const isBegun = wanted.subarray(0, tail.length).equals(tail)
  if (isBegun && tail.length < wanted.length) writeAtEnd(file, wanted.subarray(tail.length))
  else if (!tail.includes(wanted)) writeAtEnd(file, Buffer.concat([Buffer.of(NEWLINE), wanted]))
}

function undo(home: ProfileHome, journal: Journal, made: readonly string[], failure: unknown): void {
  const paths = pathsOf(home)
  try {
    for (const file of made) rmSync(file, { force: true })
    const audit = resolveInside(paths.audit)
    if (audit !== undefined && !journal.hasAudit) rmSync(audit)
    else if (audit !== undefined && statSync(audit).size !== journal.auditSize) cutFile(audit, journal.auditSize)
    rmSync(paths.journal, { force: true })
  } catch (error) {
    const both = new AggregateError(
      [failure, error],
      `${systemReason(failure)}; and it cannot be undone: ${systemReason(error)}`,
    )
    throw unfinished(journal, paths.journal, both)
  }
}

function unfinished(journal: Journal, file: string, cause: unknown): InputError {
  const { dest, path } = cause as { dest?: string; path?: string }
  const which = dest ?? path
  const why = `${which === undefined ? '' : `${which}: `}${systemReason(cause)}`
  return new InputError('change-unfinished', `The ${journal.title} cannot be finished: ${why}.`, {
    where: { file },
    hint: `Fix that, then run any profile command: it finishes the change. To give the change up, remove ${file}.`,
    cause,
  })
}

// By now the change is on the disk; a journal that stays is done again by the next command, which changes nothing.
function removeJournal(file: string, { title }: Journal): void {
  try {
    rmSync(file)
  } catch (error) {
    throw new InputError('journal-left', `The ${title} was made, but its journal stays: ${systemReason(error)}.`, {
      where: { file },
      hint: `Remove ${file}.`,
      cause: error,
    })
  }
}
