// Names the files that have become too slow for `npm run test:quick`, so that a slow one does not stay there unnoticed.
import type { Reporter } from 'vitest/node'

const SLOW_MS = 2000

export const slowFiles: Reporter = {
  onTestRunEnd(modules) {
    const slow = modules.filter(module => module.project.name === 'quick' && module.diagnostic().duration > SLOW_MS)
    if (slow.length === 0) return
    const lines = slow.map(module => `  ${module.relativeModuleId}: ${seconds(module.diagnostic().duration)}`)
    process.stdout.write(
      `SLOW: these took more than ${seconds(SLOW_MS)}; where they do so on an idle machine, call them *.slow.test.ts:\n${lines.join('\n')}\n`,
    )
  },
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
