// A value for each rate class, shared by classes that no price tells apart. There may be a million models, nearly all of which
// differ in nothing but their name.
import { needHeapFor } from '../base/heap-room.ts'
import type { RateClass } from '../query/rate-class.ts'

export class ByClass<Value> {
  /** By what is not the model, as JSON. */
  private readonly byRest = new Map<string, Map<string | null, Value>>()
  /** What the last class had besides its model. */
  private last: RateClass | undefined
  private ofLast = new Map<string | null, Value>()

  get(rateClass: RateClass): Value | undefined {
    return this.modelsLike(rateClass).get(rateClass.model)
  }

  set(rateClass: RateClass, value: Value): void {
    const models = this.modelsLike(rateClass)
    models.set(rateClass.model, value)
    needHeapFor(models.size)
  }

  private modelsLike(rateClass: RateClass): Map<string | null, Value> {
    if (this.last !== undefined && isLike(rateClass, this.last)) return this.ofLast
    const { provider, serviceTier, contextClass, timeClass } = rateClass
    const key = JSON.stringify([provider, serviceTier, contextClass, timeClass])
    const models = this.byRest.get(key) ?? new Map<string | null, Value>()
    this.byRest.set(key, models)
    this.last = rateClass
    this.ofLast = models
    return models
  }
}

function isLike(a: RateClass, b: RateClass): boolean {
  return (
    a.provider === b.provider &&
    a.serviceTier === b.serviceTier &&
    a.contextClass === b.contextClass &&
    a.timeClass === b.timeClass
  )
}
