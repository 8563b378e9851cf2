/** Grey shapes in the composition of the picture, until it is there; still, for motion takes time from what is waited for. */
export function Skeleton() {
  const bar = 'rounded-md border border-line bg-surface'
  return (
    <div className="grid h-full grid-cols-[8rem_1fr_2fr_1fr] gap-6 p-6" aria-hidden="true">
      <div className="flex flex-col gap-8 pt-6">
        <div className={`h-14 ${bar}`} />
        <div className={`h-14 ${bar}`} />
      </div>
      <div className={`h-4/5 ${bar}`} />
      <div className="flex flex-col gap-4">
        <div className={`h-36 ${bar}`} />
        <div className={`h-24 ${bar}`} />
        <div className={`h-28 ${bar}`} />
      </div>
      <div className="flex flex-col gap-4">
        <div className={`h-20 ${bar}`} />
        <div className={`h-10 ${bar}`} />
      </div>
    </div>
  )
}
