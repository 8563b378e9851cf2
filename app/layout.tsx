import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'
import { nonceOfRequest } from './nonce'

export const metadata: Metadata = {
  description: 'How the containers of Podman hosts are wired to the network, and what that exposes.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#0a0c10' },
    { media: '(prefers-color-scheme: light)', color: '#f5f6f8' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = await nonceOfRequest()
  return (
    // theme.js writes data-theme before React looks at the document.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Not in the metadata: those are streamed, and would overwrite what the page has set by then. */}
        <title>Podwire</title>
        {/* Has to run before the first paint, so it may not wait. */}
        {/* oxlint-disable-next-line nextjs/no-sync-scripts */}
        <script src="/theme.js" nonce={nonce} />
      </head>
      <body>{children}</body>
    </html>
  )
}
