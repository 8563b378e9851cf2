/**
 * The signs as bitmaps. A browser draws an SVG image anew from its paths each time, which for hundreds of signs takes most of
 * a frame; a bitmap is copied. They go by short names: Cytoscape hashes every character of every element's style, and images
 * written out in their addresses would be most of the first picture's work.
 */
import type { Theme } from '@/lib/graph/appearance'
import { SIGN_NAMES, signUri } from '@/lib/graph/signs'

/** Enough for a sign of 16 units at four times its size. */
const PIXELS = 64

async function bitmapUri(name: string, theme: Theme): Promise<string> {
  const svg = signUri(name, theme)
  try {
    const image = new Image()
    image.src = svg
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = PIXELS
    canvas.height = PIXELS
    canvas.getContext('2d')?.drawImage(image, 0, 0, PIXELS, PIXELS)
    // Not toBlob, which waits up to a second for an idle moment.
    const bytes = atob(canvas.toDataURL('image/png').replace(/^[^,]*,/, ''))
    return URL.createObjectURL(new Blob([Uint8Array.from(bytes, byte => byte.charCodeAt(0))], { type: 'image/png' }))
  } catch {
    // What the browser cannot decode here it may still draw.
    return svg
  }
}

const loading = new Map<Theme, Promise<(name: string) => string>>()

/** Where the bitmap of each sign is, for one theme; made once per page. */
export function signImages(theme: Theme): Promise<(name: string) => string> {
  const known = loading.get(theme)
  if (known) return known
  const made = Promise.all(SIGN_NAMES.map(async name => [name, await bitmapUri(name, theme)] as const)).then(
    entries => {
      const uris = new Map(entries)
      return (name: string) => uris.get(name) ?? signUri(name, theme)
    },
  )
  loading.set(theme, made)
  return made
}
