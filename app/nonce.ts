import { headers } from 'next/headers'

/** The nonce of this answer's content security policy, as the guard in front of Next made it. */
export async function nonceOfRequest(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy')
  return policy?.match(/'nonce-([^']+)'/)?.[1]
}
