import type { Words } from '../catalogue'

export const ui: Words['ui'] = {
  unknown: 'no se sabe',
  none: 'ninguno',
  copy: what => `Copiar ${what}`,
  copied: 'Copiado',
  copyBarred: 'Aquí no se permite copiar',
}
