import type { Words } from '../catalogue'

export const screens: Words['screens'] = {
  reading: 'Leyendo los hosts…',
  command: 'la orden',
  commands: 'las órdenes',
  empty: {
    title: host => `${host} aún no tiene contenedores`,
    text: 'Podwire está conectado y observa. Esto basta para ver algo aquí, en una red propia:',
  },
  noHosts: {
    title: 'No se ha encontrado Podman',
    text: 'Podwire busca donde lo hace Podman: CONTAINER_HOST, podman system connection y los sockets habituales. Active uno:',
    forRoot: 'la orden para root',
    forUser: 'la orden para este usuario',
  },
  unsupported: 'Encontradas, y aún no utilizables:',
  fault: {
    title: 'Esta página ha fallado',
    text: 'Podwire sigue en marcha; solo se ha detenido la página en este navegador. Lo que ha dicho:',
    again: 'Probar de nuevo',
  },
  nowhere: { title: 'Aquí no hay nada', before: 'La imagen está en', link: 'la primera página' },
  noServer: {
    title: 'Podwire no responde',
    text: 'Esta página sigue intentándolo. Si se detuvo, arránquelo de nuevo donde se ejecuta:',
  },
  unreachable: {
    problem: 'Este host no se puede leer',
    before: 'Podwire sigue intentando leer',
    after: 'y lo mostrará aquí en cuanto pueda.',
  },
}
