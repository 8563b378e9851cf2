import * as z from 'zod'
import { or, textOrNull } from '../tolerant'
import type { EngineEvent } from '../types'

const line = z
  .object({
    Type: z.string().min(1).max(64),
    Action: z.string().min(1).max(64),
    Actor: z.object({
      ID: or(z.string(), ''),
      Attributes: or(z.object({ name: textOrNull(256), network: textOrNull(256) }), null),
    }),
  })
  .transform(
    ({ Type, Action, Actor }): EngineEvent => ({
      type: Type,
      action: Action,
      // The journald backend mangles ids of network events up to 5.6.0; an event without a usable id still says "look".
      id: /^[0-9a-f]{64}$/.test(Actor.ID) ? Actor.ID : '',
      // A created network is named in `network`, with an empty `name`.
      name: Actor.Attributes?.name ?? Actor.Attributes?.network ?? null,
    }),
  )

/** One line of GET /events; everything of it but type, action, id and name is dropped (attributes repeat all labels). */
export const parseEventLine = (text: string): EngineEvent | 'malformed' => {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return 'malformed'
  }
  const result = line.safeParse(raw)
  return result.success ? result.data : 'malformed'
}
