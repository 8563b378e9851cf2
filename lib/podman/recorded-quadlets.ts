import * as z from 'zod'
import type { Recording } from './recording'
import { cut, maxName, maxPath } from './text'

/** One quadlet file as the engine's quadlet API told of it when it was recorded. Podwire itself never asks that API. */
export interface RecordedQuadlet {
  path: string
  /** null when the recording has not the file. It may hold secrets: nothing but lib/quadlet may read it. */
  text: string | null
  /** "active/running", "inactive/dead", "Not loaded"; null when the engine had none of these words. */
  systemd: string | null
}

/** https://github.com/containers/podman/blob/v5.8.2/pkg/domain/entities/quadlet.go#L32-L50 */
const rows = z.array(
  z.object({ Name: z.string().max(maxName), Path: z.string().max(maxPath), Status: z.string().catch('') }),
)

/** systemd's active and sub states. An error of parsing stands in the same field, and quotes the file. */
const STATE = /^(?:[a-z-]{1,32}\/[a-z-]{1,32}|Not loaded)$/

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Files of a recording with answers of the quadlet API; null when it has none. */
export function recordedQuadlets({ answers }: Recording): RecordedQuadlet[] | null {
  const list = answers.get('/quadlets/json')
  if (list?.status !== 200) return null
  const parsed = rows.safeParse(jsonIn(list.text))
  if (!parsed.success) return null
  return parsed.data.map(({ Name, Path, Status }) => {
    const file = answers.get(`/quadlets/${Name}/file`)
    return {
      path: cut(Path, maxPath),
      text: file?.status === 200 ? file.text : null,
      systemd: STATE.test(Status) ? Status : null,
    }
  })
}
