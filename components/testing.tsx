/** A page without a server, for tests of components. */
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createPageStore, type PageStore } from '@/lib/client/store'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import { PageStoreProvider } from './page-state'

/** Renders with a live page state that has received this. */
export function renderPage(
  children: ReactNode,
  topology: Topology,
  findings: FindingsReport = { findings: [], notExamined: ['host firewall'] },
): PageStore {
  const store = createPageStore()
  store.setStream({ kind: 'live', since: performance.now() })
  store.receiveTopology(topology, performance.now(), true)
  store.receiveFindings(findings)
  render(<PageStoreProvider value={store}>{children}</PageStoreProvider>)
  return store
}
