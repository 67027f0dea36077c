#!/usr/bin/env node
// `npx sidemark` in a clone: TypeScript is run as it is, through tsx; there is no build step.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
