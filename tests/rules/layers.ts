/** Which folder may import what, said apart from the linter's configuration, which is tested against this. */

export type Folder =
  | 'podman'
  | 'probe'
  | 'quadlet'
  | 'collector'
  | 'topology'
  | 'reach'
  | 'exposure'
  | 'whatif'
  | 'report'
  | 'export'
  | 'graph'
  | 'server'
  | 'client'
  | 'wall'

interface Layer {
  /** Folders of lib/ that it may use. */
  uses: readonly Folder[]
  /** Of these it may take types only: the code behind them must not get into the browser. */
  typesOf: readonly Folder[]
  /** No clock, no chance, no I/O, no DOM. */
  pure: boolean
}

const IO = ['podman', 'probe', 'collector'] as const

export const LAYERS: Readonly<Record<Folder, Layer>> = {
  podman: { uses: [], typesOf: [], pure: false },
  probe: { uses: ['podman'], typesOf: [], pure: false },
  quadlet: { uses: [], typesOf: ['podman'], pure: true },
  collector: { uses: ['podman', 'probe', 'quadlet'], typesOf: [], pure: false },
  topology: { uses: ['quadlet'], typesOf: IO, pure: true },
  reach: { uses: ['topology'], typesOf: IO, pure: true },
  exposure: { uses: ['quadlet', 'topology', 'reach'], typesOf: IO, pure: true },
  whatif: { uses: ['topology', 'reach', 'exposure'], typesOf: IO, pure: true },
  report: { uses: ['topology', 'reach', 'exposure', 'whatif'], typesOf: [], pure: true },
  export: { uses: ['topology', 'exposure'], typesOf: [], pure: true },
  graph: { uses: ['topology', 'exposure'], typesOf: IO, pure: true },
  server: {
    uses: ['podman', 'probe', 'quadlet', 'collector', 'topology', 'reach', 'exposure', 'whatif', 'report', 'export'],
    typesOf: [],
    pure: false,
  },
  client: {
    uses: ['topology', 'reach', 'exposure', 'whatif', 'export', 'graph'],
    typesOf: [...IO, 'server'],
    pure: false,
  },
  wall: { uses: ['topology', 'exposure', 'graph', 'client'], typesOf: IO, pure: true },
}

export const FOLDERS: readonly Folder[] = [
  'podman',
  'probe',
  'quadlet',
  'collector',
  'topology',
  'reach',
  'exposure',
  'whatif',
  'report',
  'export',
  'graph',
  'server',
  'client',
  'wall',
]
