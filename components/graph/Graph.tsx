'use client'

import { type KeyboardEvent, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Theme } from '@/lib/graph/appearance'
import { aspectClass } from '@/lib/graph/aspect'
import { describeNode, findNode, indexScene } from '@/lib/graph/find'
import { pathOf } from '@/lib/graph/highlight'
import type { Overlay } from '@/lib/graph/overlay'
import { buildScene } from '@/lib/graph/scene'
import type { Scene, SceneNode } from '@/lib/graph/types'
import { type Direction, move } from '@/lib/graph/walk'
import type { Ref } from '@/lib/topology/ref'
import type { Topology } from '@/lib/topology/types'
import { useWords } from '@/components/page-state'
import type { Canvas, CanvasEvents } from './canvas'
import { canvasCode } from './canvas-code'
import { moveFirstPicture } from './FirstPicture'
import { GraphButtons } from './GraphButtons'
import { StopNote } from './StopNote'
import { Tooltip } from './Tooltip'

export interface GraphSelection {
  hostId: string
  ref: Ref
}

export interface GraphProps {
  topology: Topology
  findings: FindingsReport
  theme: Theme
  selected: GraphSelection | null
  onSelect: (selection: GraphSelection | null) => void
  /** Enter, or a double click: open the details. Without it these select. */
  onOpen?: (selection: GraphSelection) => void
  /** The key R: who does this reach, and who not? */
  onAsk?: (selection: GraphSelection) => void
  /** Signs and a way over the picture; they go before the path of what is pointed at. */
  overlay?: ((scene: Scene) => Overlay) | null
  /** What lights up with the selection, in place of its own path; null from it = that path after all. */
  chosenPath?: ((scene: Scene) => ReadonlySet<string> | null) | null
  /** What a filter picks: the rest is dimmed. */
  filter?: ((scene: Scene) => ReadonlySet<string>) | null
  onDraw?: (drawn: { scene: Scene; overlay: Overlay | null; kept: ReadonlySet<string> | null }) => void
  /** Accessible name of the picture, when it is not that of now. */
  label?: string
  /** Draw this host alone. */
  hostId?: string | null
  /** Smallest height of a container's name as a share of the picture's height; for walls that are read from afar. */
  legible?: number
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** The set with the id put in or taken out. */
function toggled(ids: ReadonlySet<string>, id: string, there: boolean): ReadonlySet<string> {
  const next = new Set(ids)
  if (there) next.add(id)
  else next.delete(id)
  return next
}

const NONE: ReadonlySet<string> = new Set()

/** The picture: canvas, its keys, its words. */
export function Graph(props: GraphProps) {
  const { topology, findings, theme, selected, onSelect, onOpen } = props
  const { map: words } = useWords()
  const { hostId = null, legible, onAsk, overlay = null, filter = null, chosenPath = null, onDraw } = props
  const holder = useRef<HTMLDivElement>(null)
  const [canvas, setCanvas] = useState<Canvas | null>(null)
  const [aspect, setAspect] = useState<number | null>(null)
  const [folded, setFolded] = useState(NONE)
  const [unfolded, setUnfolded] = useState(NONE)
  const [pointed, setPointed] = useState<string | null>(null)
  const [cursor, setCursor] = useState<string | null>(null)
  const summaryId = useId()

  const scene = useMemo(
    () =>
      aspect === null
        ? null
        : buildScene(topology, findings, {
            aspect,
            folded,
            unfolded,
            hostId,
            words: words.drawn,
            ...(legible === undefined ? {} : { legible }),
          }),
    [topology, findings, aspect, folded, unfolded, hostId, legible, words],
  )
  const nodeOf = useCallback(
    (id: string | null): SceneNode | null => {
      return id === null || scene === null ? null : (indexScene(scene).byId.get(id) ?? null)
    },
    [scene],
  )

  const select = useCallback(
    (node: SceneNode | null) => {
      onSelect(node === null || node.ref === null ? null : { hostId: node.hostId, ref: node.ref })
    },
    [onSelect],
  )

  /** Folds what is open and unfolds what is folded: the lane that a node is or stands in, or the rest of a host. */
  const toggleFold = useCallback(
    (node: SceneNode) => {
      const id =
        node.kind === 'network' || node.nest !== undefined
          ? node.id
          : node.variant === 'group'
            ? node.hostId
            : node.parent
      if (id === null) return
      const isFolded =
        node.nest === 'folded' ||
        node.kind === 'fold' ||
        ((node.nest === undefined && scene?.nodes.some(each => each.kind === 'fold' && each.parent === id)) ?? false)
      setUnfolded(ids => toggled(ids, id, isFolded))
      setFolded(ids => toggled(ids, id, !isFolded))
    },
    [scene],
  )

  const open = useCallback(
    (node: SceneNode) => {
      if (node.kind === 'fold') toggleFold(node)
      else if (node.ref !== null && onOpen) onOpen({ hostId: node.hostId, ref: node.ref })
      else select(node)
    },
    [toggleFold, onOpen, select],
  )

  const handlers = useRef<CanvasEvents | null>(null)
  useEffect(() => {
    handlers.current = {
      onTap(id) {
        const node = nodeOf(id)
        setCursor(null)
        if (node?.kind === 'fold') toggleFold(node)
        else select(node)
      },
      onOpen(id) {
        const node = nodeOf(id)
        if (node === null || node.kind === 'fold') return
        if (node.kind === 'network' || node.nest !== undefined) toggleFold(node)
        else open(node)
      },
      onPoint: setPointed,
      onView() {
        setPointed(null)
      },
    }
  }, [nodeOf, open, select, toggleFold])

  // One instance for the life of the component; Cytoscape is loaded in the browser only.
  const firstTheme = useRef(theme)
  useEffect(() => {
    const element = holder.current
    if (element === null) return
    let made: Canvas | null = null
    let gone = false
    const start = async () => {
      const { createCanvas } = await canvasCode()
      const next = await createCanvas(element, firstTheme.current, {
        onTap: id => handlers.current?.onTap(id),
        onOpen: id => handlers.current?.onOpen(id),
        onPoint: id => handlers.current?.onPoint(id),
        onView: () => handlers.current?.onView(),
      })
      if (next === null) return
      if (gone) return next.destroy()
      made = next
      setCanvas(next)
    }
    void start()
    return () => {
      gone = true
      made?.destroy()
      setCanvas(null)
    }
  }, [])

  useLayoutEffect(() => {
    if (holder.current !== null) moveFirstPicture(holder.current)
  }, [])

  useEffect(() => {
    const element = holder.current
    if (element === null) return
    const measure = () => {
      const { clientWidth, clientHeight } = element
      if (clientWidth === 0 || clientHeight === 0) return
      setAspect(aspectClass(clientWidth, clientHeight))
      canvas?.resize()
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // A tab that was hidden may have missed its frames.
    const seen = () => {
      if (document.visibilityState === 'visible') measure()
    }
    document.addEventListener('visibilitychange', seen)
    // What was drawn is gone with the graphics process; the event does not bubble.
    element.addEventListener('contextrestored', measure, true)
    measure()
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', seen)
      element.removeEventListener('contextrestored', measure, true)
    }
  }, [canvas])

  useEffect(() => {
    void canvas?.setTheme(theme)
  }, [canvas, theme])
  useEffect(() => {
    if (scene !== null) canvas?.show(scene)
  }, [canvas, scene])

  const chosen = scene === null || selected === null ? null : findNode(scene, selected.hostId, selected.ref)
  const lead = nodeOf(pointed) ?? nodeOf(cursor) ?? chosen
  const over = useMemo(() => (scene === null || overlay === null ? null : overlay(scene)), [scene, overlay])
  const kept = useMemo(() => (scene === null || filter === null ? null : filter(scene)), [scene, filter])
  useEffect(() => {
    if (scene !== null) onDraw?.({ scene, overlay: over, kept })
  }, [scene, over, kept, onDraw])
  const leadId = lead === null || lead.kind === 'heading' ? null : lead.id
  const chosenId = chosen?.id ?? null
  useEffect(() => {
    if (scene === null) return
    // A filter outlasts the selection: only what is pointed at or walked to shows its path meanwhile.
    const leads = kept === null || leadId !== chosenId
    const told = leadId === chosenId ? (chosenPath?.(scene) ?? null) : null
    const path = leadId === null || over !== null || !leads ? null : (told ?? pathOf(scene, leadId))
    canvas?.light({ path, chosen: chosenId, cursor, overlay: over, kept })
  }, [canvas, scene, leadId, chosenId, cursor, over, kept, chosenPath])

  const onKeyDown = (event: KeyboardEvent) => {
    if (scene === null || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = ARROWS[event.key]
    if (direction !== undefined) {
      const next = move(scene, cursor ?? chosenId, direction)
      setCursor(next)
      if (next !== null) canvas?.reveal(next)
    } else if (event.key === 'Enter') {
      const node = nodeOf(cursor) ?? chosen
      if (node !== null) open(node)
    } else if (event.key === ' ') {
      const node = nodeOf(cursor)
      if (node !== null) select(node)
    } else if (event.key === 'r') {
      const node = nodeOf(cursor) ?? chosen
      if (node === null || node.ref === null || !onAsk) return
      onAsk({ hostId: node.hostId, ref: node.ref })
    } else if (event.key === 'f') {
      const node = nodeOf(cursor) ?? chosen
      if (node?.kind === 'network' || node?.kind === 'fold' || node?.nest !== undefined) toggleFold(node)
    } else if (event.key === 'Escape') {
      setCursor(null)
      onSelect(null)
    } else if (event.key === '+' || event.key === '=') canvas?.zoomBy(1.25)
    else if (event.key === '-') canvas?.zoomBy(0.8)
    else if (event.key === '0') canvas?.fit()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const spoken = nodeOf(cursor)
  const shown = nodeOf(pointed)
  const describe = (of: Scene, node: SceneNode) =>
    [describeNode(of, node), over?.words.get(node.id)].filter(words => words !== undefined).join(' — ')
  return (
    <div className="relative h-full min-h-0 w-full">
      {/* Cytoscape would insert a style element, which the content security policy forbids, unless this id is taken. */}
      <div id="__________cytoscape_stylesheet" hidden />
      {/* A canvas that is walked with the arrow keys is an application, whose keys it handles itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={holder}
        className="relative h-full w-full overflow-hidden outline-offset-[-2px]"
        role="application"
        aria-label={props.label ?? words.name}
        aria-describedby={summaryId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
        data-testid="graph"
      />
      <p id={summaryId} className="sr-only">
        {scene?.summary} {words.keys}
      </p>
      <p aria-live="polite" className="sr-only">
        {scene !== null && spoken !== null ? describe(scene, spoken) : ''}
      </p>
      {scene !== null && shown !== null && (
        <Tooltip text={describe(scene, shown)} box={canvas?.boxOf(shown.id) ?? null} />
      )}
      {canvas !== null && over !== null && over.way !== null && over.way.stop !== null && (
        <StopNote because={over.way.stop.words} canvas={canvas} />
      )}
      <GraphButtons
        onZoomIn={() => canvas?.zoomBy(1.25)}
        onZoomOut={() => canvas?.zoomBy(0.8)}
        onFit={() => canvas?.fit()}
      />
    </div>
  )
}
