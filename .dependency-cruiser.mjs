// The direction of the house, as rules. Each says in one sentence why; test/architecture plants a violation of each.
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const node =
  '^node:|^(assert|buffer|child_process|crypto|events|fs|fs/promises|http|https|net|os|path|stream|url|util|worker_threads|zlib)$';
const spec = '\\.(spec|int-spec)\\.tsx?$';

const testCode = '^(test|scripts|bench)/|\\.(spec|int-spec|sample)\\.tsx?$|/test-support/';

export default {
  forbidden: [
    rule('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
    rule(
      'no-app-to-app',
      'Apps talk over the wire, by contract.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'no-lib-to-app',
      'A library that knows an app is part of it.',
      { path: '^(libs|prisma)/' },
      { path: '^apps/' },
    ),
    rule(
      'core-knows-no-library-of-ours',
      'Core is the bottom of the house.',
      { path: '^libs/core/' },
      { path: '^(libs/(?!core/)|prisma/)' },
    ),
    rule(
      'core-is-pure',
      'No Nest, no Prisma, no files, no network in core; digests and signatures may use node:crypto.',
      { path: '^libs/core/src/', pathNot: [spec, '^libs/core/src/signing/'] },
      { path: `${node}|@nestjs|@prisma|socket\\.io|onnxruntime` },
    ),
    rule(
      'imaging-imports-nothing',
      'Pixel arithmetic is evidence: it stands alone.',
      { path: '^libs/core/src/imaging/', pathNot: spec },
      { pathNot: '^libs/core/src/imaging/' },
    ),
    rule(
      'stats-imports-stdlib-only',
      'Estimators rest on special functions only.',
      { path: '^libs/core/src/stats/', pathNot: spec },
      { pathNot: '^libs/core/src/stats/|@stdlib/' },
    ),
    rule(
      'analysis-imports-contract-and-stats',
      'Whoever holds the reports can pool them again: words of the contract, arithmetic of stats, which sites a question is about, nothing else.',
      { path: '^libs/core/src/analysis/', pathNot: spec },
      { pathNot: '^libs/core/src/(analysis|contract|reading|stats)/' },
    ),
    rule(
      'reading-imports-types-only',
      'How an analysis is read must hold on every page: types, and no code of others.',
      { path: '^libs/core/src/reading/', pathNot: spec },
      { pathNot: '^libs/core/src/reading/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'qualification-imports-contract-boxes-and-stats',
      'A verdict is words of the contract, overlap of boxes and ranks of scores.',
      { path: '^libs/core/src/qualification/', pathNot: spec },
      { pathNot: '^libs/core/src/(qualification|contract|stats)/|^libs/core/src/imaging/box\\.ts$' },
    ),
    rule(
      'contract-imports-zod-only',
      'The contract must run wherever a message is read.',
      { path: '^libs/core/src/contract/', pathNot: spec },
      { pathNot: '^libs/core/src/contract/|node_modules/zod/' },
    ),
    rule(
      'errors-import-nothing',
      'The catalogue is a table.',
      { path: '^libs/core/src/errors/', pathNot: spec },
      { pathNot: '^libs/core/src/errors/' },
    ),
    rule(
      'signing-imports-crypto-only',
      'What signs must be short to review.',
      { path: '^libs/core/src/signing/', pathNot: spec },
      { pathNot: '^libs/core/src/(signing|errors)/|tweetnacl|canonicalize|@scure/bip39|^(node:)?crypto$' },
    ),
    rule(
      'onnx-imports-errors-only',
      'What judges foreign bytes brings no other reader of them.',
      { path: '^libs/core/src/onnx/', pathNot: spec },
      { pathNot: '^libs/core/src/(onnx|errors)/' },
    ),
    rule(
      'pdf-in-one-room',
      'Content of a run report is pure; only its PDF writer knows the library that writes one.',
      { pathNot: '^libs/run-report/src/pdf/' },
      { path: 'node_modules/(pdfkit|@expo-google-fonts)/' },
    ),
    rule(
      'dashboard-knows-the-contract-only',
      'The dashboard runs in a browser and knows what crosses the wire and how it is read, nothing behind it.',
      { path: '^apps/dashboard/src/', pathNot: spec },
      { path: `^libs/(?!core/src/(contract|reading)/)|^prisma/|${node}` },
    ),
    rule(
      'dashboard-takes-types-from-the-contract',
      'The coordinator that serves the page serves the answers: they are parsed there, and no schema is sent along.',
      { path: '^apps/dashboard/src/', pathNot: spec },
      { path: '^libs/(?!core/src/reading/)|node_modules/zod/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'prisma-in-repositories',
      'One place per table knows how rows look.',
      { path: '^apps/', pathNot: '\\.repository\\.ts$|/platform/|\\.int-spec\\.ts$' },
      { path: '^prisma/generated|@prisma/' },
    ),
    rule(
      'onnxruntime-in-one-file',
      'run() blocks its process: only the inference child may load it.',
      { path: '^apps/', pathNot: '/inference/onnx\\.session\\.ts$' },
      { path: 'onnxruntime-node' },
    ),
    rule(
      'dicom-parser-in-libs-dicom',
      'The parser and codecs are behind one door.',
      { pathNot: '^libs/dicom/' },
      { path: 'node_modules/(dicom-parser|dcmjs|dcmjs-codecs|@cornerstonejs)/' },
    ),
    rule(
      'controllers-delegate',
      'A controller translates a protocol; it asks a service, never a repository.',
      { path: '\\.(controller|gateway)\\.ts$' },
      { path: '\\.repository\\.ts$' },
    ),
    rule(
      'own-repository-only',
      'Another feature’s rows are reached through its service.',
      { path: '^apps/([^/]+)/src/([^/]+)/', pathNot: spec },
      { path: '^apps/[^/]+/src/[^/]+/.*\\.repository\\.ts$', pathNot: '^apps/$1/src/$2/' },
    ),
    rule(
      'declared-dependencies',
      'A package that is imported but not declared comes from somewhere else on the next machine.',
      { pathNot: testCode },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule('no-unresolved', 'What cannot be found cannot run.', {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules|^prisma/generated' },
    exclude: { path: '(^|/)node_modules/\\.' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
