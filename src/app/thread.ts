// The entry of a thread.
import { runThread } from '../engine/worker.ts'
import { openPrices } from './open-prices.ts'

runThread(openPrices)
