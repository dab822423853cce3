// The statements that were made, in `.usagebook/statements/`: a folder a period, a file a statement or note, never written twice.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimFile } from '../../durable/durable-file.ts'
import { makeOwnFolder, makeStateFolder, namesIn, stateFolderOf } from '../../durable/state-folder.ts'
import { type KeptStatement, readKept } from '../../export/chargeback/statement-document.ts'

const FOLDER = 'statements'
const ENDING = '.json'

/** Of a period that was not filtered, so that its statements are those of clients. */
const WHOLE_PERIOD = /^\d{4}-\d{2}(-\d{2})?(_\d{4}-\d{2}-\d{2})?$/

/** The statements and notes of clients that were made, the newest period first. */
export function statementsOfClients(root: string): KeptStatement[] {
  const keys = namesIn(join(stateFolderOf(root), FOLDER)).filter(name => WHOLE_PERIOD.test(name))
  return keys
    .sort()
    .reverse()
    .flatMap(key => new StatementStore(root, key).all())
}

export class StatementStore {
  private readonly root: string
  private readonly folder: string

  /** `key` names the period, and what it was filtered by. */
  constructor(root: string, key: string) {
    this.root = root
    this.folder = join(stateFolderOf(root), FOLDER, key)
  }

  /** Statements and notes of the period, in the order of their numbers. */
  all(): KeptStatement[] {
    const names = namesIn(this.folder).filter(name => name.endsWith(ENDING))
    const all = names.map(name => readKept(readFileSync(join(this.folder, name), 'utf8')))
    return all.sort((a, b) => compareTexts(placeOf(a), placeOf(b)))
  }

  /** Keeps a statement, unless another process was faster: then that one counts. Returns what is kept. */
  keep(number: string, text: string): KeptStatement {
    const state = stateFolderOf(this.root)
    makeStateFolder(state)
    makeOwnFolder(join(state, FOLDER))
    makeOwnFolder(this.folder)
    const file = join(this.folder, number + ENDING)
    return readKept(claimFile(file, text) ? text : readFileSync(file, 'utf8'))
  }
}

// Notes stand behind their statement, the tenth behind the second.
function placeOf({ statement: { number, corrects } }: KeptStatement): readonly [string, number, string] {
  return [corrects ?? number, corrects === undefined ? 0 : number.length, number]
}

function compareTexts(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}
