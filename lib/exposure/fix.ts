/**
 * Fix texts that are safe to paste. What cannot be changed on a living container is given as a shell comment: an admin copies
 * the options, and a paste does nothing. Names and paths are free text: a value that cannot be quoted takes the fix with it.
 */
import type { Subject } from './types'

export interface Fix {
  podman: string | null
  quadlet: string | null
}

export const NO_FIX: Fix = { podman: null, quadlet: null }

/** Control characters break out of a comment or a line, whatever the quotes; so do the Unicode line separators in some terminals. */
const UNQUOTABLE = /[\p{Cc}\u2028\u2029]/u
const PLAIN_WORD = /^[\w@%+=:,./-]+$/
const PLAIN_VALUE = /^[\w@+=:,./-]+$/

/** One shell word; null when it holds control characters. */
export function shellQuote(value: string): string | null {
  if (PLAIN_WORD.test(value)) return value
  return UNQUOTABLE.test(value) ? null : `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/**
 * A value in a quadlet file: systemd expands % and, in the command that quadlet makes of it, $. A trailing backslash would
 * swallow the next line. null when it cannot be written on one line.
 */
export function systemdQuote(value: string): string | null {
  if (PLAIN_VALUE.test(value)) return value
  if (UNQUOTABLE.test(value) || value.endsWith('\\')) return null
  return value.replaceAll('%', '%%').replaceAll('$', '$$$$')
}

const allOrNothing = (parts: readonly (string | null)[], separator: string): string | null => {
  const known: string[] = []
  for (const part of parts) {
    if (part === null) return null
    known.push(part)
  }
  return known.join(separator)
}

/** A command line of quoted words. */
export const command = (...words: string[]): string | null => allOrNothing(words.map(shellQuote), ' ')

/** Several lines, all or none. */
export const lines = (...parts: (string | null)[]): string | null => allOrNothing(parts, '\n')

/** Advice that does nothing when pasted; null when a name in it would end the line. */
export const comment = (text: string): string | null => (UNQUOTABLE.test(text) ? null : `# ${text}`)

/** "# create web again with: --publish 127.0.0.1:8080:80" */
export function recreate(subject: Subject, ...options: string[]): string | null {
  const what = subject.kind === 'container' ? '' : subject.kind === 'network' ? 'network ' : 'pod '
  return lines(allOrNothing([`# create ${what}`, shellQuote(subject.name), ' again with: ', command(...options)], ''))
}

/** "# create web again without: --privileged" */
export const recreateWithout = (subject: Subject, ...options: string[]): string | null =>
  recreate(subject, ...options)?.replace(' again with: ', ' again without: ') ?? null

/** A section of a quadlet file and its lines. */
export const quadlet = (
  section: 'Container' | 'Pod' | 'Network',
  ...entries: [key: string, value: string][]
): string | null =>
  lines(`[${section}]`, ...entries.map(([key, value]) => allOrNothing([key, systemdQuote(value)], '=')))

/** The section that holds a subject's network settings. */
export const sectionOf = (subject: Subject): 'Container' | 'Pod' => (subject.kind === 'container' ? 'Container' : 'Pod')

/** A network of its own, and the ports that are meant published; HOSTPORT and PORT are for the reader to fill in. */
export function ownNetwork(subject: Subject): Fix {
  const network = `${subject.name}-net`
  return {
    podman: lines(
      command('podman', 'network', 'create', network),
      recreate(subject, '--network', network, '--publish', '127.0.0.1:HOSTPORT:PORT'),
    ),
    quadlet: quadlet(sectionOf(subject), ['Network', `${network}.network`], ['PublishPort', '127.0.0.1:HOSTPORT:PORT']),
  }
}
