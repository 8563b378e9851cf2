/** The scale, and how it is derived from what a rule found. */
import type { Scale, Severity } from './types'

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const

/** 0 = critical. */
export const severityRank: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 }

const oneLower: Record<Severity, Severity> = {
  critical: 'high',
  high: 'medium',
  medium: 'low',
  low: 'info',
  info: 'info',
}

/** One step down; info stays. */
export const lower = (severity: Severity): Severity => oneLower[severity]

/** Both ends of a scale one step down. */
export const lowerScale = (scale: Scale): Scale =>
  typeof scale === 'string' ? lower(scale) : { rootful: lower(scale.rootful), rootless: lower(scale.rootless) }

const worse = (a: Severity, b: Severity): Severity => (severityRank[a] <= severityRank[b] ? a : b)

/** The worst a scale reaches. */
export const worst = (scale: Scale): Severity =>
  typeof scale === 'string' ? scale : worse(scale.rootful, scale.rootless)

/**
 * Picks the severity for one host and subject. `words` says what was assumed or derived, to be added to the message
 * ("" when nothing was): unknown privileges of the engine count as the worse of the two.
 */
export function derive(scale: Scale, rootless: boolean | null, latent: boolean): { severity: Severity; words: string } {
  const words: string[] = []
  let severity = worst(scale)
  if (typeof scale !== 'string' && scale.rootful !== scale.rootless) {
    if (rootless === null) words.push('Whether the engine is rootless is unknown: assuming rootful.')
    else severity = rootless ? scale.rootless : scale.rootful
  }
  if (latent) {
    severity = lower(severity)
    words.push('Latent: it does not run now, and this holds again as soon as it does.')
  }
  return { severity, words: words.join(' ') }
}
