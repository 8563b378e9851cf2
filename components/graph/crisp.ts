/**
 * Sharp text. Cytoscape draws from textures at powers of two of the zoom, which blurs text at every other zoom. That is
 * right while the picture moves; at rest the elements are drawn directly, once.
 * https://github.com/cytoscape/cytoscape.js/blob/v3.34.4/src/extensions/renderer/canvas/drawing-elements.mjs
 */
import type { Core } from 'cytoscape'

/** Milliseconds without movement after which the picture counts as resting. */
const REST = 140

interface Renderer {
  drawLayeredElements(...given: unknown[]): void
  drawElements(context: unknown, elements: unknown): void
}

function isRenderer(value: unknown): value is Renderer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'drawLayeredElements' in value &&
    typeof value.drawLayeredElements === 'function' &&
    'drawElements' in value &&
    typeof value.drawElements === 'function'
  )
}

/** Waits for a moment in which the page has nothing else to do. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 500)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 3000 })
  return () => cancelIdleCallback(handle)
}

export function drawCrisply(cy: Core): void {
  if (!('renderer' in cy) || typeof cy.renderer !== 'function') return
  const renderer: unknown = cy.renderer()
  if (!isRenderer(renderer)) return
  const layered = renderer.drawLayeredElements.bind(renderer)
  const aside = document.createElement('canvas').getContext('2d')
  let moving = false
  let warm = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let cancelWarming = () => {}

  renderer.drawLayeredElements = (...given) => {
    const [context, ...rest] = given
    // The signs are bitmaps that are drawn at a quarter of their size; but whole layers are too dear to smooth well.
    if (context instanceof CanvasRenderingContext2D) context.imageSmoothingQuality = moving ? 'low' : 'medium'
    if (moving) return layered(...given)
    renderer.drawElements(context, rest[0])
    if (!warm && aside !== null) {
      // The textures are made before they are needed, so that the first drag does not wait for them.
      warm = true
      layered(aside, ...rest)
    }
  }
  cy.one('render', () => {
    cancelWarming = whenIdle(() => {
      if (cy.destroyed()) return
      warm = false
      cy.forceRender()
    })
  })
  cy.on('dragpan scrollzoom pinchzoom', () => {
    moving = true
    clearTimeout(timer)
    timer = setTimeout(() => {
      moving = false
      if (!cy.destroyed()) cy.forceRender()
    }, REST)
  })
  cy.on('destroy', () => {
    clearTimeout(timer)
    cancelWarming()
  })
}
