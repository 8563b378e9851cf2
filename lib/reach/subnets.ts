/** Addresses and subnets, as far as reachability asks. Unparsable text is never inside of anything. */
import ipaddr from 'ipaddr.js'

type Cidr = ReturnType<typeof ipaddr.parseCIDR>

/** The subnets of a host are few and asked about for every pair. Emptied when full, so that no stream of new ones fills it. */
const parsed = new Map<string, Cidr | null>()
const MOST_PARSED = 4096

function parseCidr(cidr: string): Cidr | null {
  const known = parsed.get(cidr)
  if (known !== undefined) return known
  if (parsed.size >= MOST_PARSED) parsed.clear()
  const made = ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : null
  parsed.set(cidr, made)
  return made
}

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
  if (!ipaddr.isValid(address)) return false
  const inside = ipaddr.parse(address)
  return subnets.some(text => {
    const subnet = parseCidr(text)
    return subnet !== null && subnet[0].kind() === inside.kind() && inside.match(subnet)
  })
}

/** Equal addresses, however they are written. */
export function sameAddress(a: string, b: string): boolean {
  if (a === b) return true
  if (!ipaddr.isValid(a) || !ipaddr.isValid(b)) return false
  return ipaddr.parse(a).toNormalizedString() === ipaddr.parse(b).toNormalizedString()
}

/** "" and 0.0.0.0 hold IPv4, "" and :: hold IPv6 (as Podman forwards them), a plain address only its own family. */
export function familiesOf(hostIp: string): { ipv4: boolean; ipv6: boolean } {
  if (hostIp === '') return { ipv4: true, ipv6: true }
  if (!ipaddr.isValid(hostIp)) return { ipv4: true, ipv6: true }
  const kind = ipaddr.parse(hostIp).kind()
  return { ipv4: kind === 'ipv4', ipv6: kind === 'ipv6' }
}
