/** What belongs together: a pod, a compose project, a systemd unit, or a container by itself. */
import type { Namespace } from '@/lib/topology/types'
import type { HostView } from './view'

const PROJECT_LABELS = ['com.docker.compose.project', 'io.podman.compose.project'] as const

export interface Group {
  key: string
  /** For people: "shop", "legacy2". */
  name: string
}

/** The group of a namespace, by its owner; null when nobody owns it. */
export function groupOf(view: HostView, namespace: Namespace): Group | null {
  const pod = namespace.podId === null ? undefined : view.pod(namespace.podId)
  if (pod) return { key: `pod ${pod.id}`, name: pod.name }
  const owner = namespace.ownerId === null ? undefined : view.container(namespace.ownerId)
  if (!owner) return null
  for (const label of PROJECT_LABELS) {
    const project = Object.hasOwn(owner.labels, label) ? owner.labels[label] : undefined
    if (project !== undefined && project !== '') return { key: `project ${project}`, name: project }
  }
  if (owner.unit !== null) return { key: `unit ${owner.unit}`, name: owner.unit }
  return { key: `container ${owner.id}`, name: owner.name }
}
