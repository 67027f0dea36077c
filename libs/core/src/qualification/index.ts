// The subpath `@sidemark/core/qualification`: whether a site's machine reproduces the answers to a pack of phantoms.
export { leastIou } from './boxes.ts';
export { judgeAnswers, logitTolerance } from './judge.ts';
export { mostFlips } from './rank-flips.ts';
