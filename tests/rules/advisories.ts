/**
 * Published holes in Next and React, and the version that mends each on the release line that Podwire is on. A new one is a new
 * line here. Versions are those of the advisories, not of a newest release.
 */
export interface Advisory {
  package: 'next' | 'react' | 'react-dom'
  /** What it is called. */
  ids: readonly string[]
  what: string
  /** The first version without it. */
  fixed: string
  source: string
}

const react = (fixed: string, ids: readonly string[], what: string, source: string): Advisory[] =>
  (['react', 'react-dom'] as const).map(name => ({ package: name, ids, what, fixed, source }))

const next = (fixed: string, ids: readonly string[], what: string, source: string): Advisory => ({
  package: 'next',
  ids,
  what,
  fixed,
  source,
})

export const ADVISORIES: readonly Advisory[] = [
  next(
    '15.2.3',
    ['CVE-2025-29927', 'GHSA-f82v-jwr5-mffw'],
    'a header walks round middleware',
    'https://github.com/advisories/GHSA-f82v-jwr5-mffw',
  ),
  next(
    '16.0.7',
    ['CVE-2025-66478', 'GHSA-9qr9-h5gf-34mp'],
    'code runs without a sign-in, through Server Components',
    'https://github.com/vercel/next.js/security/advisories/GHSA-9qr9-h5gf-34mp',
  ),
  next(
    '16.0.10',
    ['CVE-2025-55183', 'CVE-2025-55184', 'CVE-2025-67779'],
    'sources of Server Functions are shown; a request takes the server down',
    'https://nextjs.org/blog/security-update-2025-12-11',
  ),
  next(
    '16.1.5',
    ['CVE-2026-23864', 'GHSA-h25m-26qc-wcjf', 'GHSA-9g9p-9gw9-jx7f'],
    'a request or an image takes the server down',
    'https://vercel.com/changelog/summary-of-cve-2026-23864',
  ),
  next(
    '16.2.3',
    ['CVE-2026-23869'],
    'a request keeps the server busy',
    'https://vercel.com/changelog/summary-of-cve-2026-23869',
  ),
  next(
    '16.2.6',
    [
      'CVE-2026-44578',
      'CVE-2026-23870',
      'GHSA-267c-6grr-h53f',
      'GHSA-26hh-7cqf-hhc6',
      'GHSA-492v-c6pp-mqqv',
      'GHSA-36qx-fr4f-26g5',
      'GHSA-c4j6-fc7j-m34r',
    ],
    'ways round middleware, requests to other servers by upgrade, poisoned caches, scripts by nonce (13 advisories)',
    'https://vercel.com/changelog/next-js-may-2026-security-release',
  ),
  next(
    '16.2.11',
    ['CVE-2026-64641 to CVE-2026-64649'],
    'ways round middleware, requests to other servers, poisoned caches (9 advisories)',
    'https://nextjs.org/blog/july-2026-security-release',
  ),
  next(
    '16.3.3',
    ['CVE-2026-75604', 'GHSA-2xp9-vwfh-vxw4', 'GHSA-p293-qw3h-jr36'],
    'code runs without a sign-in, through the image optimiser, and on Windows',
    'https://nextjs.org/blog/august-2026-security-release',
  ),
  ...react(
    '19.2.1',
    ['CVE-2025-55182', 'GHSA-fv66-9v8q-g76r'],
    'code runs without a sign-in, through Server Components',
    'https://github.com/facebook/react/security/advisories/GHSA-fv66-9v8q-g76r',
  ),
  ...react(
    '19.2.3',
    ['CVE-2025-55183', 'CVE-2025-55184', 'CVE-2025-67779'],
    'sources of Server Functions are shown; a request takes the server down',
    'https://react.dev/blog/2025/12/11/denial-of-service-and-source-code-exposure-in-react-server-components',
  ),
  ...react(
    '19.2.4',
    ['CVE-2026-23864', 'GHSA-83fc-fqcc-2hmg'],
    'a request takes the server down',
    'https://github.com/facebook/react/security/advisories/GHSA-83fc-fqcc-2hmg',
  ),
  ...react(
    '19.2.5',
    ['CVE-2026-23869'],
    'a request keeps the server busy',
    'https://vercel.com/changelog/summary-of-cve-2026-23869',
  ),
  ...react(
    '19.2.6',
    ['CVE-2026-23870'],
    'a request takes the server down',
    'https://vercel.com/changelog/next-js-may-2026-security-release',
  ),
]

/** -1, 0 or 1. Versions are three numbers; anything else is older than all, so that a pre-release never passes. */
function compare(one: string, other: string): number {
  const numbers = (version: string) => (/^\d+\.\d+\.\d+$/.test(version) ? version.split('.').map(Number) : [])
  const [a, b] = [numbers(one), numbers(other)]
  for (const index of [0, 1, 2]) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

/** The holes that this version of the package has, as far as they are published and stand above. */
export const holesOf = (name: string, version: string): Advisory[] =>
  ADVISORIES.filter(one => one.package === name && compare(version, one.fixed) < 0)
