/** Quadlet files: what goes in, and the part of it that may be known outside of this folder. */
import type { Entry } from './grammar'
import type { UnitKind } from './kinds'
import type { Powers } from './podman-args'
import type { NetworkValue, PortValue } from './values'

/** One file as it was read. */
export interface UnitText {
  path: string
  text: string
}

/** A quadlet file with its drop-ins. */
export interface UnitSource extends UnitText {
  /** Why the text could not be read here ("EACCES"); absent when it was. */
  unread?: string
  /** In the order in which they are merged. */
  dropIns: readonly UnitText[]
}

/** An entry that knows its file. */
export interface FileEntry extends Entry {
  file: string
}

/** One line that counts. */
export interface UnitLine {
  file: string
  /** 1 is the first; of a value over several lines, the one on which it begins. */
  line: number
  section: string
  key: string
  value: string
}

/** Something that is wrong with a file, in Podman's own words where it has some. */
export interface UnitProblem {
  file: string
  line: number | null
  message: string
  /** The form that is accepted; null when there is none to give. */
  accepted: string | null
  /**
   * What follows: "skipped" Podman makes no service of the file · "fails" the service will not start · "odd" it starts, and does
   * not do what is written · "unread" Podwire may not read it, Podman may.
   */
  effect: 'skipped' | 'fails' | 'odd' | 'unread'
  /** Another unit that is asked for and is not there. */
  missing?: string
  /** The text of the file itself is none. */
  refusesText?: true
  /** The file itself may be right: one beside it is refused. */
  besideRefused?: true
}

export interface DeclaredNetwork {
  value: NetworkValue
  /**
   * Name of the network, or of the container that is joined, as the engine has it; null for modes, and where it is not decided
   * here.
   */
  name: string | null
  at: UnitLine
}

export interface DeclaredPorts {
  /** "decided later": specifiers or variables stand in it. */
  ports: readonly PortValue[] | 'decided later'
  at: UnitLine
}

/** What a .network file says; null = it says nothing of it. */
export interface DeclaredNetworkSettings {
  driver: string | null
  subnets: readonly string[]
  gateways: readonly string[]
  internal: boolean | null
  ipv6: boolean | null
  disableDns: boolean | null
  interfaceName: string | null
  /** Only those that say how it is wired. */
  options: readonly { key: string; value: string }[]
  /** Options in Docker's words, which Podman stores in its own. */
  hasDockerOptions: boolean
}

/** What one file declares: no environment, secret, command or image leaves it. */
export interface DeclaredUnit {
  /** "web.container" */
  name: string
  kind: UnitKind
  path: string
  /** "web.service"; null when systemd decides its name. */
  service: string | null
  /** Declares nothing until it is given an instance. */
  isTemplate: boolean
  /** Name of the container, pod, network or volume; null for other kinds, and when it is not decided here. */
  resource: string | null
  /** The shown lines that count, in the order in which they are merged. */
  lines: readonly UnitLine[]
  problems: readonly UnitProblem[]
  /** "duo.pod": the pod has the wiring then. */
  pod: string | null
  networks: readonly DeclaredNetwork[]
  ports: readonly DeclaredPorts[]
  /** Only of .network files. */
  settings: DeclaredNetworkSettings | null
  /** Options in PodmanArgs= that may change the wiring; what they say is not known. */
  hidden: readonly string[]
  /** Said by PodmanArgs= alone. */
  powers: Powers
}
