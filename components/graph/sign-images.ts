/**
 * The signs as bitmaps. A browser draws an SVG image anew from its paths each time, which for hundreds of signs takes most of
 * a frame; a bitmap is copied. They go by short names: Cytoscape hashes every character of every element's style, and images
 * written out in their addresses would be most of the first picture's work.
 */
import type { Core } from 'cytoscape'
import type { Theme } from '@/lib/graph/appearance'
import { SIGN_NAMES, signUri } from '@/lib/graph/signs'

/** Enough for a sign of 16 units at four times its size. */
const PIXELS = 64

/** A canvas that the renderer takes for an image that has loaded; encoding it as one would take longer than drawing it. */
type Bitmap = HTMLCanvasElement & { complete: true }

export interface SignImages {
  /** What the renderer knows the bitmap of a sign by. */
  uriOf: (name: string) => string
  /** The bitmaps by what they are known by. */
  bitmaps: ReadonlyMap<string, Bitmap>
}

async function bitmapOf(name: string, theme: Theme): Promise<Bitmap | null> {
  try {
    const image = new Image()
    image.src = signUri(name, theme)
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = PIXELS
    canvas.height = PIXELS
    // A canvas that is read more than drawn on stays where reading is cheap.
    canvas.getContext('2d', { willReadFrequently: true })?.drawImage(image, 0, 0, PIXELS, PIXELS)
    return Object.assign(canvas, { complete: true } as const)
  } catch {
    // What the browser cannot decode here it may still draw.
    return null
  }
}

const loading = new Map<Theme, Promise<SignImages>>()

async function load(theme: Theme): Promise<SignImages> {
  const keyOf = (name: string) => `sign:${theme}/${name}`
  const made = await Promise.all(SIGN_NAMES.map(async name => [keyOf(name), await bitmapOf(name, theme)] as const))
  const bitmaps = new Map(made.flatMap(([key, bitmap]) => (bitmap === null ? [] : [[key, bitmap] as const])))
  return { uriOf: name => (bitmaps.has(keyOf(name)) ? keyOf(name) : signUri(name, theme)), bitmaps }
}

/** The bitmaps of all signs of a theme; made once per page. */
export function signImages(theme: Theme): Promise<SignImages> {
  const made = loading.get(theme) ?? load(theme)
  loading.set(theme, made)
  return made
}

/**
 * Hands the signs to the renderer, which then draws them with the first picture and fetches none.
 * https://github.com/cytoscape/cytoscape.js/blob/v3.34.4/src/extensions/renderer/base/images.mjs
 */
export function giveSigns(cy: Core, { bitmaps }: SignImages): void {
  const renderer: unknown = 'renderer' in cy && typeof cy.renderer === 'function' ? cy.renderer() : null
  if (typeof renderer !== 'object' || renderer === null) return
  const known = 'imageCache' in renderer && typeof renderer.imageCache === 'object' ? renderer.imageCache : {}
  const given = [...bitmaps].map(([key, image]) => [key, { image }])
  Object.assign(renderer, { imageCache: { ...known, ...Object.fromEntries(given) } })
}
