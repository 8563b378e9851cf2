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
  turbopack: {
    // A fifth of it is algorithms, layouts and a renderer that no picture here uses.
    rules: { '**/node_modules/cytoscape/dist/cytoscape.esm.mjs': { loaders: ['./bin/lean-cytoscape.mjs'] } },
  },
  devIndicators: false,
  // In development Next has a check of its own, and knows localhost alone; the guard has seen to origins by then.
  allowedDevOrigins: ['127.0.0.1', '::1'],
  // `npm test` checks types; a build in a fresh clone need not do it again.
  typescript: { ignoreBuildErrors: true },
}
