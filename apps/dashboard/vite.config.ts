// The build of the dashboard: static files with relative addresses, served by the coordinator from dist.
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic' },
  build: {
    target: 'es2022',
    // the coordinator's policy allows no inline script, and none is needed by browsers of this target
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // npm run dev -w @sidemark/dashboard: the pages from their sources, the API from a coordinator beside it
  server: { proxy: { '/api': 'http://127.0.0.1:7130' } },
});
