import type { Words } from '../catalogue'

const TEXT = 'un texto'
const REF = 'una cosa, como container:web'

export const filter: Words['filter'] = {
  title: 'Filtro',
  conditions: 'Condiciones',
  by: text => `Filtrar por ${text}`,
  byHint: 'como port:443 net:frontend is:exposed -state:exited',
  remove: text => `Quitar el filtro ${text}`,
  wrong: (text, takes) => `Nada coincide con ${text}: lleva ${takes}.`,
  counts: (matching, all) => `${matching} de ${all} ${all === 1 ? 'contenedor' : 'contenedores'}`,
  networks: count => `${count} ${count === 1 ? 'red' : 'redes'}`,
  doors: count => `${count} ${count === 1 ? 'puerto' : 'puertos'}`,
  hideOthers: 'Ocultar el resto',
  clear: 'Borrar',
  focus: 'Enfocar',
  takes: {
    name: TEXT,
    addr: 'una dirección o un rango, como 10.89.0.0/24',
    port: 'un número de 1 a 65535, o dos con un guion',
    image: TEXT,
    net: 'el nombre de una red',
    pod: 'el nombre de un pod',
    label: 'una clave, o clave=valor',
    state: 'un estado, como exited',
    sev: 'critical, high, medium, low o info',
    unit: TEXT,
    host: 'el nombre de un host',
    is: 'exposed, running, stopped, unhealthy, privileged, hostmode, pivot, internal o declared',
    near: REF,
    near2: REF,
    outside: REF,
    hide: REF,
  },
  focusOn: { near: '1 salto', near2: '2 saltos', outside: 'Salida', hide: 'Ocultar' },
  focusMeans: {
    near: 'Mostrar solo lo que comparte una red con ello',
    near2: 'Mostrar también lo que comparte una red con esos',
    outside: 'Mostrar sus redes y las puertas desde fuera hasta ello',
    hide: 'Dejarlo fuera de la imagen',
  },
}
