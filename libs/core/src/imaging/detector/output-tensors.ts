// The outputs of a detector as a decoder asks for them: by meaning, in the promised shape.

/** One output as the manifest names it. */
export interface OutputTensor {
  /** `semantic` of the manifest */
  semantic: string;
  data: Float32Array;
  dims: readonly number[];
}

/** In the order of the manifest. */
export type DetectorOutputs = readonly OutputTensor[];

/** @throws RangeError unless exactly one output has the meaning */
export function outputOf(outputs: DetectorOutputs, semantic: string): OutputTensor {
  const found = outputs.filter((output) => output.semantic === semantic);
  if (found.length !== 1)
    throw new RangeError(`invalid detector outputs; one must be ${semantic}: ${found.length}`);
  return found[0]!;
}

export function outputsOf(outputs: DetectorOutputs, semantic: string): OutputTensor[] {
  return outputs.filter((output) => output.semantic === semantic);
}

/**
 * An output of rows for one image: [rows, columns] or [1, rows, columns].
 * @returns the number of rows, which may be 0
 * @throws RangeError when it has another shape
 */
export function rowCount({ semantic, data, dims }: OutputTensor, columns: number): number {
  const rows = dims.at(-2) ?? -1;
  const batch = dims.slice(0, -2).reduce((product, side) => product * side, 1);
  if (dims.at(-1) !== columns || batch !== 1 || data.length !== rows * columns)
    throw new RangeError(`invalid ${semantic}; shape must be [1, rows, ${columns}]: [${dims.join(', ')}]`);
  return rows;
}

/** @throws RangeError unless there is one value a box */
export function requireLength({ semantic, data }: OutputTensor, boxes: number): void {
  if (data.length !== boxes)
    throw new RangeError(`invalid ${semantic}; length must be that of the boxes, ${boxes}: ${data.length}`);
}

/** @throws RangeError unless the model tells apart as many classes as the manifest names */
export function requireClasses(found: number, named: number): void {
  if (found !== named)
    throw new RangeError(
      `invalid detector outputs; classes must be as many as the labels, ${named}: ${found}`,
    );
}
