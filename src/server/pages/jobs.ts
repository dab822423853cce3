// The jobs of schedule.json: when each is due next, and how it ended last.
import { workspaceAsking, zoneOfAsking } from '../../app/alert/workspace-asking.ts'
import { type ListedJob, type ListedRun, listJobs } from '../../app/schedule/list-jobs.ts'
import { readSchedule, SCHEDULE_FILE } from '../../app/schedule/read-schedule.ts'
import { html, type Markup, type MarkupPart, name } from '../../render/html/markup.ts'
import type { Call } from '../route.ts'
import { table, when } from './parts.ts'

const RESULTS: Readonly<Record<ListedRun['result'], readonly [string, string]>> = {
  ok: ['ok', 'went well'],
  alert: ['warning', 'told of something'],
  failed: ['failure', 'failed'],
  killed: ['failure', 'was killed'],
}

export async function jobSection({ services }: Call): Promise<Markup> {
  const { workspace } = await services.workspaceNow.look()
  const { root } = workspace
  const jobs = readSchedule(root, zoneOfAsking(workspaceAsking(services.host, workspace)))
  return html`<h2>Jobs</h2>${table({
    caption: 'Jobs',
    heads: ['Job', 'Does', 'When', 'Next', 'Last', 'How it went'].map(title => ({ title })),
    rows: listJobs(jobs, root, services.host.now()).map(rowOf),
    empty: html`There are no jobs. They are written into <code>${SCHEDULE_FILE}</code>.`,
  })}`
}

function rowOf({
  name: words,
  run,
  cron,
  timezone,
  next,
  runningSince,
  overdueSince,
  last,
  missed,
}: ListedJob): MarkupPart[] {
  return [
    name(words),
    html`<code>${name(run)}</code>`,
    html`<code>${cron}</code><small class="id">${timezone}</small>`,
    when(next),
    when(last?.startedAt),
    html`${runningSince === null ? outcome(last) : html`runs since ${when(runningSince)}`}${
      overdueSince === null ? null : html`<small class="id">due since ${when(overdueSince)}, and not run yet</small>`
    }${
      missed === null
        ? null
        : html`<small class="id">missed and not caught up: ${when(missed.from)} to ${when(missed.until)}</small>`
    }`,
  ]
}

function outcome(last: ListedRun | null): MarkupPart {
  if (last === null) return 'has not run yet'
  const [colour, words] = RESULTS[last.result]
  return html`<span class="${colour}">${words}</span>${last.problem === null ? null : html`<small class="id">${name(last.problem)}</small>`}`
}
