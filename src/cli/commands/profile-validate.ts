// usagebook profile validate
import { validateProfiles } from '../../app/profile/validate-profiles.ts'
import type { ErrorProblem } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'validate'],
  summary: 'check that profiles, clients and audit are in order and agree',
  arguments: [{ name: 'id', help: 'one profile; without it all, the clients and the audit', isOptional: true }],
  flags: [formatFlag(['text', 'json'])],
  examples: [
    ['usagebook profile validate', 'everything'],
    ['usagebook profile validate brand_check', 'one profile with all its versions'],
  ],
  exitCodes: { 1: 'a file could not be read', 3: 'something is wrong' },
  async run(options, context, workspace) {
    const result = await validateProfiles(options.id, homeOf(workspace, options, context))
    const { profiles, versions, clients, problems } = result
    if (isJson(options)) writeJson(context, { ...result, problems: problems.map(flatProblem) })
    else if (result.isValid)
      writeLines(context, [
        `in order: ${counted(profiles, 'profile')} in ${counted(versions, 'version')}, ${counted(clients, 'client')}`,
      ])
    else writeLines(context, [...problems.map(problemLine), counted(problems.length, 'problem')])
    return result.isValid ? 0 : 3
  },
})

function flatProblem({ message, where }: ErrorProblem) {
  return { file: where?.file, line: where?.line, path: where?.path, message }
}

function problemLine({ message, where }: ErrorProblem): string {
  const line = where?.line === undefined ? '' : `:${where.line}`
  const path = where?.path === undefined || where.path === '' ? '' : ` ${where.path}`
  return visibleText(`${where?.file ?? ''}${line}${path}: ${message}`)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
