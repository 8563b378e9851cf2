/** The picture, for a bundle. */
export { buildScene } from '@/lib/graph/scene'
