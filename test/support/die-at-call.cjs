// Loaded before the program (`node --require`): ends the process by SIGKILL in the moment before its call number DIE_AT, from
// 1, that changes the file system.
const fs = require('node:fs')
const promises = require('node:fs/promises')

let calls = 0

function count() {
  if (++calls === Number(process.env.DIE_AT)) process.kill(process.pid, 'SIGKILL')
}

function counted(owner, names) {
  for (const name of names) {
    const real = owner[name]
    owner[name] = function (...values) {
      count()
      return real.apply(this, values)
    }
  }
}

counted(promises, ['link', 'mkdir', 'open', 'rename', 'rm', 'writeFile'])
counted(fs, ['mkdirSync', 'renameSync', 'rmSync', 'symlinkSync', 'unlinkSync', 'writeFileSync'])
const opened = promises.open
promises.open = async (...values) => {
  promises.open = opened
  const file = await opened(...values)
  counted(Object.getPrototypeOf(file), ['chmod', 'sync', 'datasync', 'write', 'writeFile'])
  return file
}
