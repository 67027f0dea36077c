// The outline of a chest as a radiograph shows it, in a square of 100: enough to see where a marker lies.

/** Shoulders, arms and flanks. */
export const bodyPath =
  'M36,2C35,9 33,12 26,14C14,17 6,21 3,33L3,98M97,98L97,33C94,21 86,17 74,14C67,12 65,9 64,2' +
  'M13,46C15,62 14,80 12,98M87,46C85,62 86,80 88,98';

export const lungPaths = [
  'M42,17C34,17 26,27 22,42C18,57 17,70 18,79C25,72 36,71 43,77C45,66 45,52 45,42C45,33 45,24 42,17Z',
  'M58,17C66,17 74,27 78,42C82,57 83,70 82,79C77,73 71,71 65,72C64,63 60,58 57,54C55,46 55,33 58,17Z',
] as const;

/** Collar bones and spine. */
export const bonePath = 'M46,16C38,11 26,12 19,19M54,16C62,11 74,12 81,19M50,6V96';
