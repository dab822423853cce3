// What the doctor says as a document, for every door.
import { formatInstantUtc } from '../../base/calendar.ts'
import type { Diagnosis, Verdict } from './diagnosis.ts'
import type { DoctorRequest } from './run-doctor.ts'

export function countOf(diagnoses: readonly Diagnosis[], verdict: Verdict): number {
  return diagnoses.filter(diagnosis => diagnosis.verdict === verdict).length
}

export function doctorDocument(diagnoses: readonly Diagnosis[], { now, logs }: Pick<DoctorRequest, 'now' | 'logs'>) {
  return {
    schema: 'usagebook/doctor@1',
    generatedAt: formatInstantUtc(now),
    workspace: logs.root,
    isHealthy: countOf(diagnoses, 'failure') === 0,
    ok: countOf(diagnoses, 'ok'),
    warnings: countOf(diagnoses, 'warning'),
    failures: countOf(diagnoses, 'failure'),
    checks: diagnoses.map(diagnosis => ({ ...diagnosis })),
  }
}
