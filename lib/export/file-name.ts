/** Names of files that no file system, shell or archive minds. */

const MOST = 60

/** What is left of a name: letters, digits, dots, dashes. "" when that is nothing. */
const tame = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9.]+/g, '-')
    .replaceAll(/\.*-[-.]*/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .slice(0, MOST)
    .replaceAll(/^[-.]+|[-.]+$/g, '')

/** "2026-11-22T00:42:40.123Z" → "20261122T004240Z", ISO 8601 in the form without colons; "" for what is no such time. */
const stamp = (time: string): string => {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(time)
  return match === null ? '' : `${match.slice(1, 4).join('')}T${match.slice(4, 7).join('')}Z`
}

/**
 * "podwire-web1-findings-20261122T004240Z.csv".
 * @param hosts names of the hosts in it
 * @param time ISO 8601 in UTC
 */
export function fileName(hosts: readonly string[], what: string, time: string, extension: string): string {
  const [only, second] = hosts
  const whose = second === undefined ? tame(only ?? '') : `${hosts.length}-hosts`
  return `${['podwire', whose, tame(what), stamp(time)].filter(Boolean).join('-')}.${extension}`
}
