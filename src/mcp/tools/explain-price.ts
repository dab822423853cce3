// The tool `explain_price`: which price a model has and why, and what a request costs.
import { explainPriceOf } from '../../app/price/explain-price.ts'
import { readGiven } from '../../library/given-options.ts'
import { plainValue } from '../../library/plain-value.ts'
import { explanationDocument } from '../../render/price-explanation.ts'
import { EXPLAIN_PARAMETERS, explanation, type PriceQuestion, priceRequestOf } from '../../server/routes/prices.ts'
import type { Document } from '../document-page.ts'
import { CURSOR, documentPage } from '../paging.ts'
import { answerSchema } from '../schemas.ts'
import type { Tool } from '../tool.ts'

export const explainPrice: Tool = {
  name: 'explain_price',
  title: 'Price of a model',
  description:
    'Which price the price book has for a model at a time, why it is this one, and what a request with these tokens costs. Without tokens it tells the rates alone.',
  parameters: { ...EXPLAIN_PARAMETERS, ...CURSOR },
  required: ['model'],
  answerSchema: () => answerSchema(explanation),
  async answer(given, call) {
    const { cursor: _, ...asked } = readGiven({ ...EXPLAIN_PARAMETERS, ...CURSOR }, given)
    const { host, root } = call.desk
    return await documentPage({ tool: explainPrice.name, given }, call, async () => {
      const request = priceRequestOf(asked as PriceQuestion, host.now())
      return plainValue(explanationDocument(await explainPriceOf(root, request)), 'number') as Document
    })
  },
}
