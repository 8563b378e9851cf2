import type { ModeWords } from '.'

export const modes: ModeWords = {
  bridgeDefault: {
    name: 'Bridge: la red por defecto',
    claims: {
      members:
        'El contenedor tiene un espacio de red y una dirección propios; cada puerto de cada miembro está abierto a los demás.',
      host: 'El host lo alcanza, y él alcanza servicios del host.',
      outside: 'Desde fuera entra un puerto publicado; si no, solo llega un vecino que encamina por este host.',
    },
  },
  bridge: {
    name: 'Bridge: una red de usuario',
    claims: {
      members: 'Los miembros de una red alcanzan cada puerto de los otros, publicado o no.',
      others1: 'Con netavark 1 también los alcanzan miembros de otros bridges, si isolate no dice otra cosa.',
      others2: 'Con netavark 2 no.',
      several: 'Quien está en varias redes alcanza a los miembros de cada una.',
    },
  },
  internal: {
    name: 'Bridge: interna',
    claims: {
      closed: 'Sus miembros no tienen camino a otros bridges, ni los de otros bridges a ellos.',
      exception: 'Un bridge que ya estaba antes de que el host empezara a reenviar puede estar abierto pese a ello.',
      host: 'El host los alcanza, y ellos alcanzan servicios del host.',
      published: 'Para root un puerto publicado solo queda reservado: nadie responde.',
      rootless: 'Sin root funciona.',
    },
  },
  isolate: {
    name: 'Bridge: isolate',
    claims: {
      true: 'isolate=true cierra una red a otras que también lo tienen.',
      half: 'Con netavark 1 las redes sin ello siguen abiertas hacia ella.',
      strict: 'isolate=strict cierra una red a todo otro bridge.',
      host: 'Ninguno aparta a los miembros de servicios del host, ni a un vecino que encamina por este host de los miembros.',
    },
  },
  host: {
    name: 'Host',
    claims: {
      shares: 'El contenedor está en el espacio de red del host: sus interfaces, direcciones y localhost.',
      open: 'Lo que escucha en todas las direcciones está abierto a los vecinos, sin puerto publicado.',
      reaches: 'Alcanza lo que el host alcanza: miembros de todo bridge, y puertos ligados a 127.0.0.1.',
      published: 'Podman no publica nada para él.',
    },
  },
  none: {
    name: 'None',
    claims: {
      nothing:
        'El contenedor tiene su propio loopback y nada más: no alcanza a nadie, tampoco al host, y nadie lo alcanza.',
      published: 'Podman no publica nada para él.',
    },
  },
  private: {
    name: 'Private',
    claims: {
      root: 'Una palabra para lo predeterminado: para root es la red por defecto, sin root una salida solo del contenedor, pasta desde Podman 5.',
      unlikeHost:
        'A diferencia de host, no abre a los vecinos lo que escucha dentro, ni el localhost del host al contenedor.',
    },
  },
  macvlan: {
    name: 'Macvlan',
    claims: {
      segment:
        'El contenedor es una máquina propia en el segmento de la interfaz madre: los vecinos alcanzan cada puerto.',
      host: 'Su propio host no lo alcanza, ni él al host.',
      members: 'Los miembros se alcanzan entre sí en modo bridge.',
      private: 'En modo private no.',
      published: 'Los puertos publicados no reenvían nada.',
    },
  },
  ipvlan: {
    name: 'Ipvlan',
    claims: {
      members: 'Los miembros sobre una misma interfaz madre se alcanzan entre sí en modo l2.',
      host: 'Su propio host no los alcanza, ni ellos al host.',
      published: 'Los puertos publicados no reenvían nada.',
    },
  },
  container: {
    name: 'Container: el espacio de otro',
    claims: {
      shares: 'El contenedor está en el espacio de red de otro: sus direcciones, sus puertos, su localhost.',
      reaches: 'Alcanza lo que aquel alcanza.',
      published: 'Los puertos publicados son los del otro, y cuentan una vez.',
    },
  },
  pod: {
    name: 'Pod',
    claims: {
      shares: 'Todos los miembros están en un solo espacio de red, el del pod.',
      published: 'Los puertos publicados son los del pod.',
    },
  },
  path: {
    name: 'Un espacio por su ruta',
    claims: {
      unknown: 'Podman no creó ese espacio: quién alcanza a quién se da por desconocido.',
      known: 'Si la ruta es la de otro contenedor, comparte el espacio de aquel.',
    },
  },
  slirp4netns: {
    name: 'Slirp4netns',
    claims: {
      out: 'Los paquetes salen por un proceso del host, como el host: se alcanzan servicios del host, y para root cada dirección de contenedor.',
      in: 'Solo entra un puerto publicado, y lo sostiene un proceso del host.',
    },
  },
  pasta: {
    name: 'Pasta',
    claims: {
      copy: 'El contenedor tiene una copia de la primera dirección del host: esa lleva a él mismo, otras direcciones del host llevan al host.',
      in: 'Los puertos publicados entran desde todas partes.',
      loopback: 'Los ligados a 127.0.0.1 son solo para el host.',
    },
  },
  rootlessBridge: {
    name: 'Bridge sin root',
    claims: {
      inside:
        'Los bridges de un usuario están en un espacio de ese usuario: ni el host ni un vecino alcanza una dirección allí.',
      members: 'Los miembros de una red se alcanzan entre sí.',
      others: 'Otras redes del usuario están abiertas con netavark 1 y cerradas con netavark 2.',
      published: 'Los puertos publicados entran desde todas partes, también en redes internas.',
    },
  },
}
