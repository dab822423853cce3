// The entry of a thread.
import { runThread } from '../../engine/local/worker.ts'
import { openPrices } from './open-prices.ts'

runThread(openPrices)
