/** The way that a finding tells, as what lights up on the picture. */
import type { Finding, FindingHop } from '@/lib/exposure/types'
import { findNode, indexScene } from './find'
import type { Scene, SceneNode } from './types'

/** Where a step stands on the picture; null for what has no place there. */
function nodeOfHop(scene: Scene, finding: Finding, { kind, id }: FindingHop): SceneNode | null {
  const { byId, byRef } = indexScene(scene)
  switch (kind) {
    case 'segment':
    case 'interface':
    case 'door':
      return byRef.get(`${finding.hostId} ${id}`) ?? null
    case 'namespace': {
      const { subject } = finding
      // What is folded stands in the fold, under its name.
      const folded = subject.kind === 'container' ? byRef.get(`${finding.hostId} container:${subject.name}`) : undefined
      return byId.get(subject.id) ?? folded ?? byId.get(id) ?? null
    }
    case 'host':
      return findNode(scene, finding.hostId, { kind: 'host' })
    case 'power':
      return null
  }
}

/** Ids of the nodes and lines of the way from outside, the boxes round them, and lines between such; null = it tells none. */
export function pathOfFinding(scene: Scene, finding: Finding): ReadonlySet<string> | null {
  const { byId } = indexScene(scene)
  const lit = new Set<string>()
  for (const hop of finding.path ?? [])
    for (let at = nodeOfHop(scene, finding, hop); at !== null; at = byId.get(at.parent ?? '') ?? null) lit.add(at.id)
  if (lit.size === 0) return null
  for (const { id, source, target } of scene.edges) if (lit.has(source) && lit.has(target)) lit.add(id)
  return lit
}
