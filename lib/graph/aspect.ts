/** Classes of aspect ratios, so that a window that is resized a little keeps its picture. */
const STEP = 0.11
const WIDE = 16 / 9

/** The ratio in the middle of its class: 16:9 is one, the others lie about 11 % apart. */
export function aspectClass(width: number, height: number): number {
  if (width <= 0 || height <= 0) return WIDE
  return WIDE * Math.exp(Math.round(Math.log(width / height / WIDE) / STEP) * STEP)
}
