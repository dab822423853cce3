// Puts the questions of a report to the engine, for one range. Questions that count the same events are answered in one pass.
import { chooseFiles } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import { addFailures } from '../../query/ledger.ts'
import { isCostMeasure } from '../../query/measures.ts'
import type { GroupBy, Range } from '../../query/query.ts'
import type { Answers, Question } from '../../report/model/report-definition.ts'
import type { Tally } from '../../tally/tally.ts'
import { type AnsweredPass, addSummaries } from './add-summaries.ts'
import { type Asking, askOnce, buildQuery, quietly, usageByModelOf } from './ask-once.ts'
import { askWide } from './ask-wide.ts'
import { groupBysOfThreats, markResolved } from './resolved-threats.ts'

export async function askQuestions(asking: Asking): Promise<Answers> {
  const { range } = asking
  const passes: AnsweredPass[] = []
  const inRange: Tally[] = []
  const usageByModel = () => new Map(inRange.flatMap(tally => [...usageByModelOf(tally)]))
  // What is rejected is told once, of the first question.
  let { hooks } = asking
  for (const questions of passesOf(asking.questions, range)) {
    const query = buildQuery(asking, questions, range)
    if (questions[0]!.isWide) {
      passes.push({ questions, query, ...(await askWide({ ...asking, hooks, usageByModel }, questions, range)) })
    } else {
      const told = await askOnce({ ...asking, hooks }, questions, range)
      const tally = await markResolved(asking, questions, range, told)
      inRange.push(tally)
      passes.push({ questions, query, tally })
    }
    hooks = quietly(hooks)
  }
  const byName = new Map<string, Tally>()
  const read = passes.find(({ around }) => around !== undefined)?.around ?? range
  const answered = addSummaries(passes, chooseFiles(asking.summaries, read), asking.request.filter, asking.silentLogs)
  for (const { questions, tally } of answered) for (const { name } of questions) byName.set(name, tally)
  const { ledger } = byName.get(asking.questions[0]!.name)!
  for (const { tally } of passes) addFailures(ledger, tally.ledger.failures)
  return { range, tally: byName.get(asking.questions[0]!.name)!, byName }
}

/** Whether all questions are answered by reading the logs once. Those with costs, or of threats, may be asked again. */
export function isAskedOnce(questions: readonly Question[], range: Range): boolean {
  const passes = passesOf(questions, range)
  const isOne = passes.length === 1 && groupBysOfThreats(questions).length === 0
  return isOne && !passes[0]!.some(({ isWide, groupBys }) => isWide || groupBys.some(hasCosts))
}

/** The files that the answers for a range depend on: for some questions those of other days too. */
export function filesBehind(
  questions: readonly Question[],
  files: readonly LogFile[],
  range: Range,
): readonly LogFile[] {
  const isWider = passesOf(questions, range).some(([first]) => first!.isWide) || groupBysOfThreats(questions).length > 0
  return isWider ? files : chooseFiles(files, range)
}

function hasCosts({ sums }: GroupBy): boolean {
  return sums.some(isCostMeasure)
}

// Without borders there is nothing around the range.
function passesOf(questions: readonly Question[], range: Range): Question[][] {
  const isOpen = range.from === null && range.to === null
  const passes: Question[][] = []
  for (const question of questions) {
    const asked = isOpen ? { ...question, isWide: false } : question
    const same = passes.find(
      ([first]) => String(first!.kinds) === String(asked.kinds) && (first!.isWide ?? false) === (asked.isWide ?? false),
    )
    if (same === undefined) passes.push([asked])
    else same.push(asked)
  }
  return passes
}
