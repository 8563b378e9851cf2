/** The one Cytoscape instance of a page, without React: shows scenes, lights paths, tells of taps and pointing. */
import cytoscape, { type Core, type EventObject } from 'cytoscape'
import { endFirstPicture } from '@/lib/client/first-picture'
import type { Theme } from '@/lib/graph/appearance'
import { detailElements } from '@/lib/graph/details'
import { type GraphElement, toElements } from '@/lib/graph/elements'
import { type Overlay, overlayElements, STOP_ID } from '@/lib/graph/overlay'
import { patchElements } from '@/lib/graph/patch'
import { stylesheet } from '@/lib/graph/style'
import type { Scene } from '@/lib/graph/types'
import { drawCrisply } from './crisp'
import { giveSigns, type SignImages, signImages } from './sign-images'

declare global {
  interface Window {
    /** For end-to-end tests: they ask the instance rather than pixels. */
    podwireGraph?: Core
  }
}

export interface CanvasEvents {
  /** null = the ground between the nodes. */
  onTap(id: string | null): void
  onOpen(id: string): void
  onPoint(id: string | null): void
  /** The picture was moved under the pointer. */
  onView(): void
}

/** Makes the canvas in its element, once its signs are there; null when the element is gone by then. */
export async function createCanvas(container: HTMLElement, theme: Theme, events: CanvasEvents): Promise<Canvas | null> {
  const signs = await signImages(theme)
  return container.isConnected ? new Canvas(container, theme, signs, events) : null
}

/** What is lit; null = nothing, and nothing dims. */
export interface Light {
  path: ReadonlySet<string> | null
  chosen: string | null
  cursor: string | null
  /** Signs and a way over it; its own light goes before `path`. */
  overlay: Overlay | null
  /** What a filter keeps bright beside what is lit; null = everything. */
  kept: ReadonlySet<string> | null
}

/** The picture is fitted anew when that would make it larger by this much. */
const SLACK = 1.06

/** Milliseconds after the last step of a zoom. */
const SETTLES = 150

const isOver = (kind: unknown): boolean => kind === 'sign' || kind === 'step' || kind === 'corner' || kind === 'way'

export class Canvas {
  readonly cy: Core
  private elements: GraphElement[] = []
  private over: GraphElement[] = []
  private details: GraphElement[] = []
  private scene: Scene | null = null
  private lighting: Light | null = null
  private coming: ReturnType<typeof setTimeout> | undefined
  private moved = false
  private classes = new Map<string, string>()

  constructor(
    private readonly container: HTMLElement,
    private theme: Theme,
    signs: SignImages,
    events: CanvasEvents,
  ) {
    this.cy = cytoscape({
      container,
      style: stylesheet(theme, signs.uriOf),
      layout: { name: 'preset' },
      minZoom: 0.08,
      maxZoom: 8,
      autoungrabify: true,
      autounselectify: true,
      boxSelectionEnabled: false,
    })
    giveSigns(this.cy, signs)
    drawCrisply(this.cy)
    window.podwireGraph = this.cy
    const idOf = (event: EventObject): string | null =>
      event.target === this.cy ? null : String(event.target.data('owner'))
    this.cy.on('tap', event => events.onTap(idOf(event)))
    this.cy.on('dbltap', event => {
      const id = idOf(event)
      if (id !== null) events.onOpen(id)
    })
    this.cy.on('mouseover', 'node', event => events.onPoint(idOf(event)))
    this.cy.on('mouseout', 'node', () => events.onPoint(null))
    this.cy.on('dragpan scrollzoom pinchzoom', () => {
      this.moved = true
    })
    this.cy.on('viewport', () => events.onView())
    this.cy.on('zoom', () => {
      clearTimeout(this.coming)
      this.coming = setTimeout(() => this.showDetails(), SETTLES)
    })
  }

  /** Draws a scene, touching only what differs from the last one. Fits it, unless the reader has moved the picture. */
  show(scene: Scene): void {
    if (scene === this.scene) return
    if (this.scene === null) this.cy.one('render', endFirstPicture)
    const next = toElements(scene)
    patchElements(this.cy, this.elements, next)
    this.elements = next
    this.scene = scene
    if (!this.moved && !this.fits()) this.fit()
    this.showDetails()
  }

  /** Small letters come when they can be read, and go when they cannot: whoever looks from afar does not pay for them. */
  private showDetails(): void {
    if (this.scene === null || this.cy.destroyed()) return
    const next = detailElements(this.scene, this.cy.zoom() / this.rem())
    if (next.length === 0 && this.details.length === 0) return
    const { added } = patchElements(this.cy, this.details, next)
    const there = new Set(next.map(({ data }) => data.id))
    for (const { data } of this.details) if (!there.has(data.id)) this.classes.delete(data.id)
    this.details = next
    if (added > 0 && this.lighting !== null) this.light(this.lighting)
  }

  async setTheme(theme: Theme): Promise<void> {
    if (theme === this.theme) return
    this.theme = theme
    const signs = await signImages(theme)
    if (this.theme !== theme || this.cy.destroyed()) return
    giveSigns(this.cy, signs)
    this.cy.style(stylesheet(theme, signs.uriOf))
  }

  light(lighting: Light): void {
    this.lighting = lighting
    const { path, chosen, cursor, overlay, kept } = lighting
    const lit = overlay?.lit ?? path
    const over =
      this.scene === null ? [] : overlayElements(this.scene, overlay, this.rem() / this.fittingZoom(this.scene))
    this.cy.batch(() => {
      patchElements(this.cy, this.over, over)
      this.over = over
      this.cy.elements().forEach(element => {
        const owner = String(element.data('owner') ?? element.id())
        const isText = element.data('kind') === 'text'
        const verdict = isText ? undefined : overlay?.verdicts.get(owner)
        const next = isOver(element.data('kind'))
          ? ''
          : (lit?.has(owner) === true ? 'lit' : lit !== null || kept?.has(owner) === false ? 'dim' : '') +
            (verdict === undefined ? '' : ` verdict-${verdict}`) +
            (!isText && (overlay === null ? owner === chosen : overlay.ends.has(owner)) ? ' chosen' : '') +
            (!isText && owner === cursor ? ' cursor' : '')
        const id = element.id()
        const before = this.classes.get(id) ?? ''
        if (before === next) return
        this.classes.set(id, next)
        element.removeClass(before)
        if (next !== '') element.addClass(next)
      })
    })
  }

  /** Where the way ends, when it does. */
  stopBox(): { x1: number; y1: number; x2: number; y2: number } | null {
    return this.boxOf(STOP_ID)
  }

  /** The container has a new size. */
  resize(): void {
    this.cy.resize()
    if (!this.moved) this.fit()
  }

  /** Whether the scene as it stands fits well enough: a few per cent are no reason to let everything jump. */
  private fits(): boolean {
    if (this.scene === null) return true
    const { clientWidth: width, clientHeight: height } = this.container
    const [zoom, pan] = [this.cy.zoom(), this.cy.pan()]
    const whole =
      pan.x > -1 &&
      pan.y > -1 &&
      pan.x + this.scene.width * zoom < width + 1 &&
      pan.y + this.scene.height * zoom < height + 1
    return whole && Math.min(width / this.scene.width, height / this.scene.height) < zoom * SLACK
  }

  /** How much larger than usual everything on this screen is: more where it is looked at from further away. */
  private rem(): number {
    return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
  }

  private fittingZoom({ width, height }: Scene): number {
    const { clientWidth, clientHeight } = this.container
    return Math.min(clientWidth / width, clientHeight / height) || 1
  }

  fit(): void {
    this.moved = false
    if (this.scene === null) return
    const { clientWidth: width, clientHeight: height } = this.container
    if (width === 0 || height === 0) return
    const zoom = this.fittingZoom(this.scene)
    this.cy.viewport({
      zoom,
      pan: { x: (width - this.scene.width * zoom) / 2, y: (height - this.scene.height * zoom) / 2 },
    })
  }

  /** Zooms round the middle. */
  zoomBy(factor: number): void {
    this.moved = true
    const { clientWidth: width, clientHeight: height } = this.container
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: width / 2, y: height / 2 } })
  }

  /** Brings a node into sight if it is not. */
  reveal(id: string): void {
    const element = this.cy.getElementById(id)
    if (element.empty()) return
    const box = element.renderedBoundingBox({ includeLabels: false })
    const { clientWidth: width, clientHeight: height } = this.container
    if (box.x1 >= 0 && box.y1 >= 0 && box.x2 <= width && box.y2 <= height) return
    this.moved = true
    this.cy.center(element)
  }

  /** Where a node is on the screen, relative to the container. */
  boxOf(id: string): { x1: number; y1: number; x2: number; y2: number } | null {
    const element = this.cy.getElementById(id)
    return element.empty() ? null : element.renderedBoundingBox({ includeLabels: false })
  }

  destroy(): void {
    clearTimeout(this.coming)
    if (window.podwireGraph === this.cy) delete window.podwireGraph
    this.cy.destroy()
  }
}
