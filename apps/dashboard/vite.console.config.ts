// The build of the site console: the same parts as the dashboard, another page; served by the site agent on loopback.
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'apps/dashboard/console',
  base: './',
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: '../dist-console',
    emptyOutDir: true,
    target: 'es2022',
    // the agent's policy allows no inline script, and none is needed by browsers of this target
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
