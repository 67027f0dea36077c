// Golden controls and cases as one table of rows: controls first, then cases.

export interface RocSample {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
}

export function rocSample(controls: readonly number[], cases: readonly number[]): RocSample {
  return {
    scores: Float64Array.from([...controls, ...cases]),
    labels: new Uint8Array(controls.length + cases.length).fill(1, controls.length),
  };
}
