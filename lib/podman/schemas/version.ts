import * as z from 'zod'
import { parseOne, textOrNull } from '../tolerant'

const schema = z.object({ Version: textOrNull(64) }).transform(({ Version }) => ({ podmanVersion: Version }))

/** GET /version. */
export const parseVersion = (raw: unknown, template: string): { podmanVersion: string | null } =>
  parseOne(schema, raw, template).value
