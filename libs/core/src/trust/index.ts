export { currentOnline, openDelegation, requireSuccessor } from './delegation.ts';
export { draftDelegation, type NextKey } from './draft-delegation.ts';
export {
  keyStateAt,
  keyStateCodes,
  requireKey,
  requireKeyValid,
  type KeyState,
  type KeyValidity,
} from './key-state.ts';
export { openRotation, openSuccession } from './rotation.ts';
