/** Ids of the contract: opaque to readers, unique over hosts, and ending with the engine's full id. */

export const containerId = (hostId: string, engineId: string): string => `${hostId}:container:${engineId}`
export const networkId = (hostId: string, engineId: string): string => `${hostId}:network:${engineId}`
export const podId = (hostId: string, engineId: string): string => `${hostId}:pod:${engineId}`
/** `key`: "host" | "rootless" | "path:…" | the full id of the container that owns it. */
export const namespaceId = (hostId: string, key: string): string => `${hostId}:namespace:${key}`
/** A quadlet file, by its path on the machine of the engine. */
export const unitId = (hostId: string, path: string): string => `${hostId}:unit:${path}`
