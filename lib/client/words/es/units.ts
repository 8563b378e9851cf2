import type { Words } from '../catalogue'

export const units: Words['units'] = {
  file: 'Fichero quadlet',
  files: 'Ficheros quadlet',
  there: 'Lo que está de él',
  none: 'No hay ficheros quadlet.',
  facts: {
    file: 'Fichero',
    service: 'Servicio',
    systemd: 'systemd dice',
    makes: 'Crea',
    lines: 'Líneas',
    opens: 'Abre',
    wouldOpen: 'Abriría',
    problems: 'Problemas',
  },
  copies: { file: 'ruta del fichero', service: 'nombre de la unidad' },
  present: { yes: 'está', no: 'declarado, no está', unknown: 'no se sabe si está' },
  effects: {
    skipped: 'Podman lo omite',
    fails: 'no arranca',
    odd: 'se deja fuera',
    unread: 'no leído',
  },
  template: 'una plantilla, sin instancia',
  noLines: 'no dice nada de nombres, conexiones o seguridad',
  serviceUndecided: 'systemd decide su nombre',
  line: line => `línea ${line}`,
  accepted: form => `Se acepta: ${form}`,
  anyPort: 'un puerto libre',
}
