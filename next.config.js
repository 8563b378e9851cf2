/**
 * Host, Origin, method and upgrade checks and the security headers do not live here: they stand in front of Next
 * (lib/server/guard), because checks inside Next have been bypassed before.
 * @type {import('next').NextConfig}
 */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
  images: { unoptimized: true },
  serverExternalPackages: ['undici', 'pino', 'prom-client'],
  devIndicators: false,
  // `npm test` checks types; a build in a fresh clone need not do it again.
  typescript: { ignoreBuildErrors: true },
}
