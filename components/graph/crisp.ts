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

export function drawCrisply(cy: Core): void {
  if (!('renderer' in cy) || typeof cy.renderer !== 'function') return
  const renderer: unknown = cy.renderer()
  if (!isRenderer(renderer)) return
  const layered = renderer.drawLayeredElements.bind(renderer)
  let moving = false
  let timer: ReturnType<typeof setTimeout> | undefined
  renderer.drawLayeredElements = (...given) => {
    const [context, elements] = given
    // The signs are bitmaps that are drawn at a quarter of their size.
    if (context instanceof CanvasRenderingContext2D) context.imageSmoothingQuality = 'medium'
    if (moving) layered(...given)
    else renderer.drawElements(context, elements)
  }
  cy.on('dragpan scrollzoom pinchzoom', () => {
    moving = true
    clearTimeout(timer)
    timer = setTimeout(() => {
      moving = false
      cy.forceRender()
    }, REST)
  })
  cy.on('destroy', () => clearTimeout(timer))
}
