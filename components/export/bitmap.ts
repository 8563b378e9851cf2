/** An SVG as PNG, drawn by the browser. */

/** Of each side, and of all: beyond these browsers give an empty canvas. */
const LONGEST = 16_000
const MOST = 120_000_000

/** Twice as fine as a screen, or as fine as a canvas may be. */
const finenessOf = (width: number, height: number): number =>
  Math.min(2, LONGEST / Math.max(width, height, 1), Math.sqrt(MOST / Math.max(width * height, 1)))

export async function bitmapOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const fineness = finenessOf(image.naturalWidth, image.naturalHeight)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.naturalWidth * fineness)
    canvas.height = Math.round(image.naturalHeight * fineness)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
    if (blob === null) throw new Error('PNG')
    return blob
  } finally {
    URL.revokeObjectURL(address)
  }
}
