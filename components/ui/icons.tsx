import { type Icon, stroke } from './stroke'

export type { Icon } from './stroke'

/** The mark: a pod with three wires, one of them leading outside. */
export const PodwireMark: Icon = ({ className = 'size-5' }) => (
  <svg viewBox="0 0 20 20" className={`shrink-0 ${className}`} aria-hidden="true">
    <path d="M1 10h7M12 5.5h7M12 14.5h7" fill="none" stroke="var(--accent)" strokeWidth="1.8" strokeLinecap="round" />
    <rect x="6" y="2.5" width="8" height="15" rx="4" fill="var(--canvas)" stroke="var(--ink)" strokeWidth="1.8" />
    <circle cx="10" cy="10" r="1.7" fill="var(--accent)" />
  </svg>
)

export const SearchIcon = stroke(<path d="m10.2 10.2 3.3 3.3M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Z" />)
export const CopyIcon = stroke(<path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />)
export const CheckIcon = stroke(<path d="m3 8.5 3.2 3.2L13 4.8" />)
export const CloseIcon = stroke(<path d="m4 4 8 8M12 4l-8 8" />)
export const ChevronIcon = stroke(<path d="m6 3.5 4.5 4.5L6 12.5" />)
export const PauseIcon = stroke(<path d="M5.5 3.5v9M10.5 3.5v9" />)
export const PlayIcon = stroke(<path d="M4.5 3v10l8-5z" />)
export const SunIcon = stroke(
  <path d="M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7" />,
)
export const MoonIcon = stroke(<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z" />)
export const SystemIcon = stroke(<path d="M2 3h12v8H2zM6 13.5h4M8 11v2.5" />)
export const KeyboardIcon = stroke(<path d="M1.5 4h13v8.5h-13zM4 6.7h.01M6.7 6.7h.01M9.3 6.7h.01M12 6.7h.01M5 9.8h6" />)
export const LegendIcon = stroke(<path d="M3 4h.01M3 8h.01M3 12h.01M6 4h8M6 8h8M6 12h8" />)
export const MapIcon = stroke(<path d="M1.8 3h4v4h-4zM10.2 9h4v4h-4zM10.2 3h4v3h-4zM5.8 5h4.4M8 5v6h2.2" />)
export const ListIcon = stroke(<path d="M2 4h12M4.5 8H14M4.5 12H14" />)
export const MatrixIcon = stroke(<path d="M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11" />)
export const WallIcon = stroke(<path d="M1.8 4.8h12.4v8.4H1.8zM5 1.8l3 3 3-3" />)
export const SwapIcon = stroke(<path d="M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13" />)
export const ReachIcon = stroke(
  <path d="M3.5 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM5.3 8h8.2M11 5.5 13.5 8 11 10.5M5 6.8l4-4M5 9.2l4 4" />,
)
export const FilterIcon = stroke(<path d="M2 3h12l-4.7 5.4v4.4l-2.6-1.3V8.4z" />)
export const ExportIcon = stroke(<path d="M8 2v7.5M5 6.8l3 3 3-3M2.5 10.5v3h11v-3" />)
export const LinkIcon = stroke(<path d="M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13.2 2.8 7.5 8.5" />)
export const PlusIcon = stroke(<path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5.2v5.6M5.2 8h5.6" />)
export const MinusIcon = stroke(<path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.2 8h5.6" />)
export const ChangedIcon = stroke(<path d="M8 2.5 14 13H2z" />)
export const PastIcon = stroke(<path d="M3 5.2A6 6 0 1 1 2 8M2.2 2.6v3h3M8 5v3.3l2.2 1.4" />)

/* What there is on a host. */
export const HostIcon = stroke(<path d="M2 2.8h12v4.4H2zM2 8.8h12v4.4H2zM4.5 5h.01M4.5 11h.01" />)
export const ContainerIcon = stroke(<path d="M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.7 5.1 8 8.2l5.3-3.1M8 8.2v5.8" />)
export const NetworkIcon = stroke(
  <path d="M1.5 8h13M4 8V4.5M8 8v3.5M12 8V4.5M2.8 2.5h2.4v2H2.8zM6.8 11.5h2.4v2H6.8zM10.8 2.5h2.4v2h-2.4z" />,
)
export const PodIcon = stroke(
  <path d="M5.5 1.8h5A3.7 3.7 0 0 1 14.2 5.5v5a3.7 3.7 0 0 1-3.7 3.7h-5a3.7 3.7 0 0 1-3.7-3.7v-5a3.7 3.7 0 0 1 3.7-3.7ZM5 6.2h6M5 9.8h6" />,
)
export const NamespaceIcon = stroke(<path d="M5.5 2H2v3.5M10.5 2H14v3.5M5.5 14H2v-3.5M10.5 14H14v-3.5M6 6h4v4H6z" />)
export const InterfaceIcon = stroke(<path d="M5 1.8v3.4M11 1.8v3.4M3 5.2h10v2.3a5 5 0 0 1-10 0zM8 12.5v1.7" />)
export const SegmentIcon = stroke(
  <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 2 2.6 4 2.6 6S10 12 8 14M8 2C6 4 5.4 6 5.4 8S6 12 8 14" />,
)
export const UnitIcon = stroke(<path d="M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3M6 8h4M6 11h4" />)
export const DoorIcon = stroke(<path d="M7 2h6.5v12H7M1.5 8h8M6.8 5.2 9.6 8l-2.8 2.8" />)
export const ListenerIcon = stroke(
  <path d="M8 9.4a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8ZM5 11a4.2 4.2 0 0 1 0-6M11 5a4.2 4.2 0 0 1 0 6M3 13a7 7 0 0 1 0-10M13 3a7 7 0 0 1 0 10" />,
)
