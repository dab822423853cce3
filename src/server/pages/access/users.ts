// Users who log in with a name: added, given another password, removed.
import { addUser, type ListedUser, listUsers, removeUser, setPassword } from '../../../app/access/users.ts'
import { html, name } from '../../../render/html/markup.ts'
import { ProblemError } from '../../problem.ts'
import type { Call } from '../../route.ts'
import { buttons, formRoute, textField, typedField } from '../forms.ts'
import type { PageContent } from '../frame.ts'
import { pageRoute } from '../page-route.ts'
import { pathTo, table, when } from '../parts.ts'
import { errorSummary, type Refusal } from '../refusal.ts'
import { ACCESS_PATHS, accessViews, askerIn, grantFields, grantIn, scopeWords } from './views.ts'

const PATH = ACCESS_PATHS.users
const USER_PATH = `${PATH}/:name`

export const USERS_PAGE = pageRoute({
  page: 'access',
  path: PATH,
  summary: 'the users who can log in',
  draw: async call => usersPage(call, undefined),
})

export const ADD_USER_FORM = formRoute({
  page: 'access',
  path: PATH,
  summary: 'add a user with the form',
  async submit(call) {
    const { name: words } = await addUser(
      { ...askerIn(call), ...grantIn(call), name: call.form.get('name') ?? '', password: passwordIn(call) },
      call.services.access,
    )
    return { path: PATH, notice: `The user ${words} is added.` }
  },
  redraw: async (call, refusal) => usersPage(call, placed(refusal)),
})

export const USER_PAGE = pageRoute({
  page: 'access',
  path: USER_PATH,
  summary: 'a user: another password, and the removal',
  draw: async call => userPage(call, undefined),
})

export const CHANGE_USER_FORM = formRoute({
  page: 'access',
  path: USER_PATH,
  summary: 'give a user another password, or remove it',
  async submit(call) {
    const request = { ...askerIn(call), name: call.path.name! }
    if (call.form.get('do') === 'remove') {
      await removeUser(request, call.services.access)
      return { path: PATH, notice: `The user ${request.name} is removed.` }
    }
    await setPassword({ ...request, password: call.form.get('password') ?? '' }, call.services.access)
    return { path: PATH, notice: `The password of ${request.name} is changed.` }
  },
  redraw: async (call, refusal) => userPage(call, placed(refusal)),
})

function passwordIn({ form }: Call): string | undefined {
  const text = form.get('password') ?? ''
  return text === '' ? undefined : text
}

function placed(refusal: Refusal): Refusal {
  if (refusal.problem.code === 'bad-password') return { ...refusal, field: 'password' }
  return refusal.problem.code === 'user-exists' ? { ...refusal, field: 'name' } : refusal
}

function usersPage(call: Call, refusal: Refusal | undefined): PageContent {
  return {
    title: 'Access',
    tools: accessViews(call, 'users'),
    main: html`${errorSummary(refusal)}${table({
      caption: 'Users',
      heads: ['User', 'Role', 'Clients', 'User in the logs', 'Password', 'Added', 'By', ''].map(title => ({ title })),
      rows: listUsers(call.services.access).users.map(user => [
        name(user.name),
        user.role,
        scopeWords(user.clients),
        user.user === null ? '–' : name(user.user),
        user.hasPassword ? 'yes' : 'no',
        when(user.createdAt),
        name(user.createdBy),
        html`<a href="${pathTo(call, pathOf(user))}">Change<span class="hidden"> ${user.name}</span></a>`,
      ]),
      empty: 'There are no users yet.',
    })}<h2>Add a user</h2><form class="panel slim" method="post" action="${pathTo(call, PATH)}">
${textField({ ...typedField(call, refusal, 'name', 'Name'), autocomplete: 'off' })}${grantFields(call, refusal)}
${textField({ ...typedField(call, refusal, 'password', 'Password', 'Empty for who comes in by the proxy or a token of your own application.'), value: '', type: 'password', autocomplete: 'new-password' })}${buttons('Add user')}</form>`,
  }
}

function pathOf({ name: user }: Pick<ListedUser, 'name'>): string {
  return `${PATH}/${encodeURIComponent(user)}`
}

function userPage(call: Call, refusal: Refusal | undefined): PageContent {
  const user = listUsers(call.services.access).users.find(one => one.name === call.path.name)
  if (user === undefined) throw new ProblemError({ status: 404, code: 'unknown-user', title: 'There is no such user.' })
  const action = pathTo(call, pathOf(user))
  return {
    title: user.name,
    tools: accessViews(call, 'users'),
    main: html`${errorSummary(refusal)}<form class="panel slim" method="post" action="${action}"><h2>Another password</h2>
${textField({ ...typedField(call, refusal, 'password', 'Password', 'Who is logged in with the old one is logged out.'), value: '', type: 'password', autocomplete: 'new-password' })}${buttons('Change password')}</form>
<form class="panel slim" method="post" action="${action}"><h2>Remove</h2><p>The user cannot log in any more, and is logged out everywhere. It cannot be undone.</p>
<p class="buttons"><button class="danger" name="do" value="remove">Remove ${name(user.name)}</button><a class="button" href="${pathTo(call, PATH)}">Cancel</a></p></form>`,
  }
}
