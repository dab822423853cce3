// usagebook profile diff
import type { DiffSide } from '../../app/profile/answers.ts'
import { diffProfiles } from '../../app/profile/diff-profiles.ts'
import { visibleText } from '../../base/safe-text.ts'
import { defineCommand } from '../command.ts'
import { formatFlag } from '../flags/format-flag.ts'
import { homeOf, isJson } from '../flags/profile-flags.ts'
import { colorOf, formatDifferences, writeJson, writeLines } from '../output/profile-output.ts'

export const command = defineCommand({
  words: ['profile', 'diff'],
  summary: 'what differs between two versions',
  description:
    'Path by path; with --format json a JSON Patch (RFC 6902) that turns the first file into the second, version and author too.',
  arguments: [
    { name: 'a', help: 'brand_check@1; alone, it is compared with the version before it' },
    { name: 'b', help: 'brand_check_v2, or brand_check for the newest', isOptional: true },
  ],
  flags: [
    { name: 'exit-code', group: 'Checks', help: 'exit 3 if they differ in more than version and author' },
    formatFlag(['text', 'json']),
  ],
  examples: [
    ['usagebook profile diff brand_check', 'the newest version against the one before'],
    ['usagebook profile diff brand_check@1 brand_check --format json', 'a JSON Patch from version 1 to the newest'],
  ],
  exitCodes: { 1: 'a file could not be read', 3: 'they differ, and --exit-code was given' },
  async run(options, context, workspace) {
    const request = { a: options.a, b: options.b }
    const { from, to, differences, patch } = await diffProfiles(request, homeOf(workspace, options, context))
    const color = colorOf(options, context)
    if (isJson(options)) writeJson(context, patch)
    else if (differences.length === 0)
      writeLines(context, [
        `${from.profileId} and ${to.profileId} have the same content; only version and author may differ`,
      ])
    else {
      const head = [color.red(`--- ${sideText(from)}`), color.green(`+++ ${sideText(to)}`)]
      writeLines(context, [...head, ...formatDifferences(differences, color)])
    }
    return options.exitCode === true && differences.length > 0 ? 3 : 0
  },
})

function sideText({ profileId, by, at }: DiffSide): string {
  const parts = [profileId, ...(by === null ? [] : [`by ${by}`]), ...(at === null ? [] : [`at ${at}`])]
  return visibleText(parts.join(' '))
}
