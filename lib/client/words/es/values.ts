import type { Words } from '../catalogue'

const severities = { critical: 'crítico', high: 'alto', medium: 'medio', low: 'bajo', info: 'info' }

export const values: Words['values'] = {
  kinds: {
    host: 'Host',
    container: 'Contenedor',
    network: 'Red',
    pod: 'Pod',
    unit: 'Fichero quadlet',
    namespace: 'Espacio de nombres de red',
    interface: 'Interfaz',
    segment: 'Segmento',
    port: 'Puerto publicado',
    listener: 'Puerto a la escucha',
  },
  namespaces: {
    host: 'el del propio host',
    private: 'privado',
    none: 'none: sin red alguna',
    pasta: 'salida propia con pasta',
    slirp4netns: 'salida propia con slirp4netns',
    path: 'unido por ruta',
    rootless: 'compartido por las redes rootless del usuario',
  },
  scopes: {
    wildcard: 'todas las direcciones del host',
    loopback: 'solo este host',
    private: 'una dirección privada',
    public: 'una dirección pública',
  },
  forwarded: { yes: 'abierto', no: 'no se reenvía', unknown: 'no se sabe' },
  statuses: { live: 'en directo', polling: 'por sondeo', stale: 'desfasado', unreachable: 'inaccesible' },
  isolation: {
    none: 'sin aislar: otras redes bridge llegan a ella',
    isolated: 'aislada de otras redes aisladas',
    strict: 'estricta: ninguna otra red bridge llega a ella',
    unknown: 'no se sabe',
  },
  sources: { socket: 'socket local', ssh: 'SSH', tcp: 'TCP', recording: 'grabación' },
  states: {
    created: 'creado',
    initialized: 'inicializado',
    running: 'en marcha',
    paused: 'en pausa',
    stopping: 'parando',
    stopped: 'parado',
    exited: 'terminado',
    removing: 'eliminándose',
    unknown: 'no se sabe',
  },
  severities,
  counted: (count, severity) => `${count} ${severities[severity]}${count === 1 || severity === 'info' ? '' : 's'}`,
  verdicts: { reachable: 'accesible', blocked: 'bloqueado', unknown: 'no se sabe' },
}
