/** The identity of a finding: the same exposure of the same name keeps its id when the container is created again. */
import type { Evidence, Subject } from './types'

/**
 * cyrb128 by bryc, public domain: https://github.com/bryc/code/blob/master/jshash/PRNGs.md
 *
 * Not cryptographic, on purpose. WebCrypto is asynchronous and `node:crypto` is not in the browser; SHA-256 of an audited
 * pure library (@noble/hashes) measured 14 ms for 3,000 findings, as much as all rules may take together, this one 3 ms.
 * Nothing rests on nobody being able to make two names collide: findings are told apart by the whole key, see engine.ts,
 * and exceptions are granted by rule and name. By accident, 128 bits do not collide.
 */
function cyrb128(text: string): string {
  let a = 1_779_033_703
  let b = 3_144_134_277
  let c = 1_013_904_242
  let d = 2_773_480_762
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ unit, 597_399_067)
    b = c ^ Math.imul(b ^ unit, 2_869_860_233)
    c = d ^ Math.imul(c ^ unit, 951_274_213)
    d = a ^ Math.imul(d ^ unit, 2_716_044_179)
  }
  a = Math.imul(c ^ (a >>> 18), 597_399_067)
  b = Math.imul(d ^ (b >>> 22), 2_869_860_233)
  c = Math.imul(a ^ (c >>> 17), 951_274_213)
  d = Math.imul(b ^ (d >>> 19), 2_716_044_179)
  a ^= b ^ c ^ d
  return hex(a) + hex(b ^ a) + hex(c ^ a) + hex(d ^ a)
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Eight digits. By table, because toString(16) is slow beyond 31 bits. */
const hex = (word: number): string =>
  `${BYTES[word >>> 24]}${BYTES[(word >>> 16) & 255]}${BYTES[(word >>> 8) & 255]}${BYTES[word & 255]}`

/** What makes a finding itself: host, rule, the subject's name (not its id), and where it was seen (not the values). */
export function identityOf(hostId: string, ruleId: string, subject: Subject, evidence: readonly Evidence[]): string {
  let identity = part(hostId) + part(ruleId) + part(subject.kind) + part(subject.name)
  for (const field of distinctFields(evidence)) identity += part(field)
  return identity
}

/** Lengths in front, so that no two lists of texts read the same. */
const part = (text: string): string => `${text.length}:${text}`

function distinctFields(evidence: readonly Evidence[]): readonly string[] {
  const fields = evidence.map(one => one.field)
  return fields.length > 1 ? [...new Set(fields)].sort() : fields
}

/** 32 hex digits for an identity. */
export const fingerprint = (identity: string): string => cyrb128(identity)
