// usagebook profile edit
import type { ChangedVersion, GivenText } from '../../app/profile/change-request.ts'
import { type BulkEditAnswer, editProfile, editProfiles, effectOf, namesMany } from '../../app/profile/edit-profile.ts'
import { showProfile } from '../../app/profile/show-profile.ts'
import { optionName, UsageError } from '../../base/errors.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { type CommonOptions, defineCommand } from '../command.ts'
import type { Context } from '../context.ts'
import type { Flag, FlagOptions } from '../flags/flag.ts'
import { CHANGE_FLAGS, changeRequestOf, expectVersionFlag, homeOf, isJson, setFlag } from '../flags/profile-flags.ts'
import { confirm } from '../output/confirm.ts'
import { writeJson, writeLines, writeVersionAnswer } from '../output/profile-output.ts'
import { readEditedText, readGivenText, removeEdited } from '../output/read-given-text.ts'

const FLAGS = [
  setFlag,
  { name: 'unset', value: 'PATH', group: 'Profile', repeats: true, help: 'remove what is at a path' },
  { name: 'file', value: 'FILE', group: 'Profile', help: 'the whole new content as JSON; - reads standard input' },
  { name: 'yes', short: 'y', group: 'Profile', help: 'edit many profiles without asking' },
  { name: 'editor', group: 'Profile', help: 'edit it in $VISUAL or $EDITOR' },
  expectVersionFlag,
  ...CHANGE_FLAGS,
] as const satisfies readonly Flag[]

type EditOptions = FlagOptions<(typeof FLAGS)[number]> & CommonOptions & { readonly id: string }

export const command = defineCommand({
  words: ['profile', 'edit'],
  summary: 'make the next version of a profile, and move its clients to it',
  description:
    'The version that is edited stays as it is. An id with * edits all profiles that match: all of them or, where one would be invalid, none. On a terminal it shows what will change, and asks.',
  arguments: [{ name: 'id', help: 'brand_check, an old version as brand_check@1, or many as "brand_*"' }],
  flags: FLAGS,
  examples: [
    ['usagebook profile edit brand_check --set pass_threshold=85 -m "stricter"', 'one value'],
    ['usagebook profile edit "brand_*" --set checks.logo.weight=2 --dry-run', 'see what many would become'],
  ],
  exitCodes: { 1: 'a file could not be read or written', 4: 'the newest version is not the expected one' },
  async run(options, context, workspace) {
    const id = options.id
    const home = homeOf(workspace, options, context)
    const edits = {
      ...changeRequestOf(options, context),
      sets: options.set ?? [],
      unsets: options.unset ?? [],
    }
    checkWays(options)
    if (namesMany(id)) await editMany({ ...edits, pattern: id }, options, context, home)
    else if (options.editor === true) await editInEditor(id, edits, options, context, home)
    else {
      const content = options.file === undefined ? undefined : await readGivenText(options.file, context)
      const expectVersion = options.expectVersion
      writeVersionAnswer(await editProfile({ ...edits, id, content, expectVersion }, home), options, context)
    }
    return 0
  },
})

type EditsOf = Omit<Parameters<typeof editProfile>[0], 'id' | 'content' | 'expectVersion'>

async function editMany(
  request: Parameters<typeof editProfiles>[0],
  options: EditOptions,
  context: Context,
  home: ReturnType<typeof homeOf>,
) {
  const isToAsk = context.isStdinTerminal && options.yes !== true && !request.isDryRun
  const shown = isToAsk ? await editProfiles({ ...request, isDryRun: true }, home) : undefined
  const isChange = shown?.status === 'dry-run'
  if (isChange) {
    context.stderr.write(`${(await tableOf(shown, context)).join('\n')}\n\n`)
    if (!(await confirm('Make these changes?', context))) {
      context.stderr.write('Nothing was changed.\n')
      return
    }
  }
  const answer = await editProfiles({ ...request, shown: shown && effectOf(shown.profiles) }, home)
  if (isChange && !isJson(options)) writeLines(context, [visibleText(answer.message)])
  else await writeBulkAnswer(answer, options, context)
}

// Who edits a text for minutes must not undo what somebody else did meanwhile: the version shown is the one expected.
async function editInEditor(
  id: string,
  edits: EditsOf,
  options: EditOptions,
  context: Context,
  home: ReturnType<typeof homeOf>,
) {
  const shown = await showProfile(id, home)
  const content: GivenText = readEditedText(shown.text, `${shown.profileId}.json`, context)
  const expectVersion = options.expectVersion ?? shown.newestVersion
  try {
    writeVersionAnswer(await editProfile({ ...edits, id, content, expectVersion }, home), options, context)
  } catch (error) {
    home.note(`what you wrote is kept in ${content.file}; use it with --file`)
    throw error
  }
  removeEdited(content)
}

function checkWays(options: EditOptions): void {
  const hasPaths = options.set !== undefined || options.unset !== undefined
  const hint = 'Give --set PATH=VALUE, --unset PATH, --file FILE or --editor.'
  if (!hasPaths && options.file === undefined && options.editor !== true)
    throw new UsageError('nothing-to-edit', 'No change was given.', { hint })
  if (options.file !== undefined && options.editor === true)
    throw new UsageError('two-contents', '--file and --editor both give the whole content.', {
      hint: 'Give one of them.',
    })
  if (!namesMany(options.id)) return
  const option = options.file !== undefined ? 'file' : options.editor === true ? 'editor' : 'expectVersion'
  if (option === 'expectVersion' && options.expectVersion === undefined) return
  throw new UsageError(
    'one-profile-only',
    `${optionName(option)} is for one profile, not for all that match ${options.id}.`,
    {
      where: { option },
      hint: 'Use --set and --unset, or name one profile.',
    },
  )
}

async function writeBulkAnswer(answer: BulkEditAnswer, options: EditOptions, context: Context): Promise<void> {
  const { status, message, profiles } = answer
  if (isJson(options)) writeJson(context, { status, message, profiles: profiles.map(entry => entry.answer) })
  else writeLines(context, [...(await tableOf(answer, context)), '', visibleText(message)])
}

async function tableOf({ profiles }: BulkEditAnswer, { columns }: Context): Promise<string[]> {
  return await listWithHeader(['from', 'to', 'changes', 'clients moved'], profiles.map(rowOf), columns)
}

function rowOf({ answer, changes }: ChangedVersion): string[] {
  if (answer.previousProfileId === null) return [answer.profileId, '-', 'nothing to change', '-']
  const removed = (answer.clientsRemoved ?? []).map(client => `${client} (stops)`)
  const clients = [...answer.clientsMoved, ...removed].join(', ') || '-'
  return [answer.previousProfileId, answer.profileId, changes.join(', '), clients]
}
