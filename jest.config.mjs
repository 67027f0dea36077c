// One jest project per kind of test; `scripts/test.mjs` leaves out the projects whose peers are absent and prints why.
const compiled = (parser, transform) => [
  '@swc/jest',
  {
    jsc: { target: 'es2022', parser: { syntax: 'typescript', ...parser }, transform },
    module: { type: 'es6' },
  },
];
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.ts$': compiled({ decorators: true }, { legacyDecorator: true }),
    '^.+\\.tsx$': compiled({ tsx: true }, { react: { runtime: 'automatic' } }),
  },
  testPathIgnorePatterns: ['/node_modules/', '/prisma/generated/'],
  modulePathIgnorePatterns: ['/.data/'],
};

const project = (displayName, testMatch) => ({ ...shared, displayName, testMatch });

export default {
  testTimeout: 120_000,
  maxWorkers: 2,
  projects: [
    project('unit', ['<rootDir>/{apps,libs,prisma,scripts}/**/*.spec.{ts,tsx}']),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts']),
    project('database', ['<rootDir>/{apps,prisma,test}/**/*.int-spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.e2e-spec.ts']),
    project('kill', ['<rootDir>/test/kill/**/*.kill-spec.ts']),
    project('wire', ['<rootDir>/test/wire/**/*.wire-spec.ts']),
    project('tamper', ['<rootDir>/test/tamper/**/*.tamper-spec.ts']),
    project('disclosure', ['<rootDir>/test/disclosure/**/*.disclosure-spec.ts']),
    project('fuzz', ['<rootDir>/test/fuzz/**/*.fuzz-spec.ts']),
    project('peers', ['<rootDir>/test/peers/**/*.peer-spec.ts']),
    project('shared-data', ['<rootDir>/test/shared-data/**/*.spec.ts']),
  ],
};
