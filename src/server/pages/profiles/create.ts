// A new profile: the form, and what becomes of it.
import { NEW_PROFILE } from '../../../app/profile/profile-draft.ts'
import { EDITORS, sightOf, TYPED, tellingNothingForeign } from '../../resources/profile-calls.ts'
import { createAs } from '../../resources/version-changes.ts'
import type { Call } from '../../route.ts'
import { formRoute, textField, textIn, typedField } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import type { Refusal } from '../refusal.ts'
import { contentOf, type Edited, editedIn, editedOf, renderEditor, turned } from './editor.ts'
import { NEW_PATH, profilePath } from './links.ts'

export const CREATE_PAGE = pageRoute({
  page: 'profiles',
  path: NEW_PATH,
  roles: EDITORS,
  summary: 'the form of a new profile',
  draw: call => createPage(call, newProfile(call), undefined),
})

export const CREATE_FORM = formRoute({
  page: 'profiles',
  path: NEW_PATH,
  roles: EDITORS,
  summary: 'make a profile with the form',
  submit: call =>
    tellingNothingForeign(call, async () => {
      const edited = editedIn(call)
      const other = turned(call, edited, NEW_PROFILE)
      if (other !== undefined) return await createPage(call, other, undefined)
      const { profileId, message } = await createAs(call, {
        id: textIn(call, 'id'),
        content: { text: contentOf(edited, NEW_PROFILE), file: TYPED },
        message: textIn(call, 'message'),
      })
      return { path: profilePath(profileId), notice: message }
    }),
  redraw: (call, refusal) => createPage(call, editedIn(call), refusal),
})

// Who sees some clients only cannot make a profile for all.
function newProfile(call: Call): Edited {
  const edited = editedOf(NEW_PROFILE)
  if (edited.as === 'json' || sightOf(call) === '*') return edited
  return { ...edited, draft: { ...edited.draft, isForAll: false } }
}

async function createPage(call: Call, edited: Edited, refusal: Refusal | undefined): Promise<PageContent> {
  return {
    title: 'New profile',
    main: await renderEditor(call, {
      path: NEW_PATH,
      back: '/profiles',
      submit: 'Create',
      edited,
      refusal,
      first: textField(
        typedField(
          call,
          refusal,
          'id',
          'Id',
          'How logs and applications name it. Made from the name where it stays empty.',
        ),
      ),
    }),
  }
}
