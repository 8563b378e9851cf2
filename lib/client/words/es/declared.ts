import type { Words } from '../catalogue'

export const declared: Words['declared'] = {
  title: 'Declarado',
  means: 'Lo que declaran los ficheros quadlet y no está: se muestra como estaría',
  group: 'Declarado en ficheros, no está',
  on: networks => `en ${networks}`,
}
