import type { Words } from '../catalogue'

export const tour: Words['tour'] = {
  title: 'Un breve recorrido',
  step: (nth, of) => `${nth} de ${of}`,
  next: 'Siguiente',
  back: 'Atrás',
  done: 'Listo',
  close: 'Cerrar el recorrido',
  again: 'Ver el recorrido',
  see: {
    title: 'Lea el mapa de izquierda a derecha',
    text: 'A la izquierda está el exterior. Las puertas son los puertos que lo dejan entrar. Llevan a las redes y a los contenedores que hay en ellas.',
    outside: 'Exterior',
    doors: 'Puertas',
    networks: 'Redes',
    containers: 'Contenedores',
  },
  ask: {
    title: 'Seleccione algo y pregunte quién llega',
    text: 'Un clic, o las flechas y Intro, abre todo lo que se sabe de ello. El alcance dice con quién puede conectar; el exterior, qué es accesible desde fuera.',
    reach: 'alcance de lo seleccionado',
    outside: 'desde el exterior',
  },
  find: {
    title: 'Los hallazgos dicen qué está expuesto y cómo arreglarlo',
    text: 'El panel los muestra, primero los peores; los cambios dicen qué pasó desde que se abrió la página.',
    findings: 'hallazgos',
    changes: 'cambios',
    search: 'buscar',
    keys: 'todas las teclas, y este recorrido',
  },
}
