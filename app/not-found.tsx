import { Nowhere } from '@/components/screens/Nowhere'

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Nowhere />
    </main>
  )
}
