export { exitCodes, exitCodeOf } from './exit-codes.ts';
export { askHidden } from './hidden-input.ts';
export { makeOutput, type Output } from './output.ts';
export { action, addVerb, makeProgram, runProgram, usageError } from './program.ts';
export { makeBars, type Bar, type Bars } from './progress.ts';
export { table } from './table.ts';
