'use client'

import { useCallback } from 'react'
import { reachRefOf, sameEnd } from '@/lib/client/reach/ends'
import type { LinkedSelection } from '@/lib/client/url'
import { hostById, resolveRef } from '@/lib/topology/lookup'
import { usePageStore } from '@/components/page-state'

/** The end that a selection stands for, on its host. */
function useEnd() {
  const store = usePageStore()
  return useCallback(
    ({ hostId, ref }: LinkedSelection) => {
      const { topology } = store.getState()
      const host = topology === null || hostId === null ? null : hostById(topology, hostId)
      const thing = host === null ? null : resolveRef(host, ref)
      return host === null || thing === null ? null : { hostId: host.id, end: reachRefOf(host, thing) }
    },
    [store],
  )
}

/** Asks who a thing reaches; asked again it ends. Without a thing it opens the form. */
export function useAsk(): (selection: LinkedSelection | null) => void {
  const store = usePageStore()
  const endOf = useEnd()
  return useCallback(
    selection => {
      const { reach } = store.getState().url
      const found = selection === null ? null : endOf(selection)
      if (found === null || found.end === null) return reach === null ? store.showPanel('reach') : store.ask(null)
      const same = reach !== null && reach.from !== 'outside' && sameEnd(reach.from, found.end) && reach.to === null
      store.ask(same ? null : { hostId: found.hostId, from: found.end, to: null })
    },
    [store, endOf],
  )
}

/** Asks what can be reached from outside, or no longer. */
export function useAskOutside(): () => void {
  const store = usePageStore()
  return useCallback(() => {
    const { reach, select, host } = store.getState().url
    const hostId = host ?? select?.hostId ?? null
    store.ask(reach?.from === 'outside' ? null : { hostId, from: 'outside', to: null })
  }, [store])
}

/** While a first end is asked about, takes a thing for the second. False when it is none, or nothing is asked. */
export function useEndAt(): (selection: LinkedSelection) => boolean {
  const store = usePageStore()
  const endOf = useEnd()
  return useCallback(
    selection => {
      const { reach } = store.getState().url
      if (reach === null || reach.from === 'outside') return false
      const found = endOf(selection)
      if (found === null || found.end === null || (reach.hostId !== null && reach.hostId !== found.hostId)) return false
      if (selection.ref.kind === 'port' || selection.ref.kind === 'listener') return false
      store.ask({ ...reach, hostId: found.hostId, to: sameEnd(reach.from, found.end) ? null : found.end })
      return true
    },
    [store, endOf],
  )
}
