import type { Words } from '../catalogue'

export const list: Words['list'] = {
  host: name => `Host ${name}`,
  containers: count => `${count} ${count === 1 ? 'contenedor' : 'contenedores'}`,
  networks: count => `${count} ${count === 1 ? 'red' : 'redes'}`,
  groups: {
    own: 'En la red del propio host',
    apart: 'Fuera de las redes: salida propia, o ninguna',
    listening: 'A la escucha en el host',
    interfaces: 'Interfaces',
    published: 'Puertos publicados',
  },
  cables: count => `y ${count} ${count === 1 ? 'cable' : 'cables'} veth a espacios de nombres`,
  in: 'en',
  nobody: 'nadie está en ella',
  columns: {
    container: 'Contenedor',
    state: 'Estado',
    addresses: 'Direcciones',
    image: 'Imagen',
    worst: 'Peor hallazgo',
  },
  withoutAddress: {
    host: 'host',
    private: 'privado',
    none: 'ninguna',
    pasta: 'pasta',
    slirp4netns: 'slirp4netns',
    path: 'ruta',
    rootless: 'rootless',
  },
  noAddress: 'ninguna',
  noFinding: 'ninguno',
  alsoOn: networks => `también en ${networks}`,
  inPod: 'en el pod',
  sharedWith: names => `compartido con ${names}`,
  search: {
    name: 'Buscar contenedores, redes, puertos, direcciones',
    hint: 'Buscar nombres, direcciones, puertos, imágenes',
    matches: 'Coincidencias',
    nothing: query => `Nada se llama «${query}» ni tiene esa dirección.`,
  },
}
