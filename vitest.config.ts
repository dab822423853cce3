import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { USAGEBOOK_VERSION: '"0.0.0-test"' },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    env: { TZ: 'UTC' },
  },
})
