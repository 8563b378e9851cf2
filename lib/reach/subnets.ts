/** Addresses and subnets, as far as reachability asks. Unparsable text is never inside of anything. */
import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.parse>
type Cidr = ReturnType<typeof ipaddr.parseCIDR>

/** What was parsed is remembered: a host has few addresses, and they are asked about for every pair. */
function remembering<T>(parse: (text: string) => T | null): (text: string) => T | null {
  const parsed = new Map<string, T | null>()
  return text => {
    const known = parsed.get(text)
    if (known !== undefined) return known
    // No stream of new ones may fill it.
    if (parsed.size >= 4096) parsed.clear()
    const made = parse(text)
    parsed.set(text, made)
    return made
  }
}

const parseCidr = remembering<Cidr>(text => (ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : null))
const parseAddress = remembering<Address>(text => (ipaddr.isValid(text) ? ipaddr.parse(text) : null))

/** Whether `cidr` and any of `others` share an address. */
export function overlaps(cidr: string, others: readonly string[]): boolean {
  const one = parseCidr(cidr)
  if (one === null) return false
  return others.some(text => {
    const other = parseCidr(text)
    if (other === null || one[0].kind() !== other[0].kind()) return false
    const [wide, narrow] = one[1] <= other[1] ? [one, other] : [other, one]
    return narrow[0].match(wide)
  })
}

/** Whether `address` lies in any of `subnets`. */
export function within(address: string, subnets: readonly string[]): boolean {
  const inside = parseAddress(address)
  if (inside === null) return false
  return subnets.some(text => {
    const subnet = parseCidr(text)
    return subnet !== null && subnet[0].kind() === inside.kind() && inside.match(subnet)
  })
}

/** Equal addresses, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  if (a === b) return true
  const [one, other] = [parseAddress(a), parseAddress(b)]
  return one !== null && other !== null && one.toNormalizedString() === other.toNormalizedString()
}

/** "" and 0.0.0.0 hold IPv4, "" and :: hold IPv6 (as Podman forwards them), a plain address only its own family. */
export function familiesOf(hostIp: string): { ipv4: boolean; ipv6: boolean } {
  if (hostIp === '') return { ipv4: true, ipv6: true }
  const kind = parseAddress(hostIp)?.kind()
  if (kind === undefined) return { ipv4: true, ipv6: true }
  return { ipv4: kind === 'ipv4', ipv6: kind === 'ipv6' }
}
