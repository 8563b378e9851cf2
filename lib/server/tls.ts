/** The certificate and its key, read once at start. */
import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { ConfigError, type TlsFiles } from './config'

export interface TlsMaterial {
  cert: Buffer
  key: Buffer
}

/** @throws ConfigError with one line that names the file that cannot be used, and never what is in it */
export function readTls(files: TlsFiles): TlsMaterial {
  const read = (name: string, path: string): Buffer => {
    try {
      return readFileSync(path)
    } catch {
      throw new ConfigError(`${name} is ${JSON.stringify(path)}: expected the path of a readable PEM file`)
    }
  }
  const cert = read('PODWIRE_TLS_CERT', files.cert)
  const key = read('PODWIRE_TLS_KEY', files.key)
  const certificate = used('PODWIRE_TLS_CERT', files.cert, 'a certificate in PEM', () => new X509Certificate(cert))
  const privateKey = used('PODWIRE_TLS_KEY', files.key, 'a private key in PEM without a passphrase', () =>
    createPrivateKey(key),
  )
  if (!certificate.checkPrivateKey(privateKey))
    throw new ConfigError(`PODWIRE_TLS_KEY is ${JSON.stringify(files.key)}: expected the key of PODWIRE_TLS_CERT`)
  used('PODWIRE_TLS_CERT', files.cert, 'a chain of certificates in PEM', () => createSecureContext({ cert, key }))
  return { cert, key }
}

function used<T>(name: string, path: string, form: string, make: () => T): T {
  try {
    return make()
  } catch {
    throw new ConfigError(`${name} is ${JSON.stringify(path)}: expected ${form}`)
  }
}
