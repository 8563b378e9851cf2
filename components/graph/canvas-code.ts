/** The code that draws, Cytoscape included. The one place that fetches it: each further place would get a copy of its own. */
import type * as Canvas from './canvas'

let code: Promise<typeof Canvas> | null = null

/** In a browser only. Fetched once; again when that failed. */
export function canvasCode(): Promise<typeof Canvas> {
  code ??= import('./canvas').catch((error: unknown) => {
    code = null
    throw error
  })
  return code
}
