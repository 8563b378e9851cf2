import type { Words } from '../catalogue'

export const take: Words['take'] = {
  title: 'Exportar',
  formats: {
    png: 'Imagen en PNG',
    svg: 'Imagen en SVG',
    json: 'Topología en JSON',
    csv: 'Hallazgos en CSV',
    mermaid: 'Topología en texto Mermaid',
    dot: 'Topología en texto Graphviz',
  },
  failed: why => `No se pudo hacer: ${why}`,
  asOf: time => `A fecha de ${time}`,
  notCurrent: problem => `No es actual: ${problem}`,
  paused: 'Las actualizaciones en directo estaban en pausa.',
  filter: (text, counts) => `Filtro: ${text} (${counts})`,
}
