// Field numbers of onnx.proto3, as far as models are read or put together here.

export const modelField = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  graph: 7,
  opsetImport: 8,
  metadataProps: 14,
  trainingInfo: 20,
  functions: 25,
} as const;

/** OperatorSetIdProto, StringStringEntryProto */
export const opsetField = { domain: 1, version: 2 } as const;
export const propertyField = { key: 1, value: 2 } as const;

export const graphField = {
  node: 1,
  name: 2,
  initializer: 5,
  input: 11,
  output: 12,
  sparseInitializer: 15,
} as const;

export const nodeField = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 } as const;

export const attributeField = {
  tensor: 5,
  graph: 6,
  tensors: 10,
  graphs: 11,
  sparse: 22,
  sparses: 23,
} as const;

/** ValueInfoProto; its type holds a TypeProto, whose `tensorType` holds elements and shape. */
export const valueField = { name: 1, type: 2 } as const;
export const typeField = { tensorType: 1, elementType: 1, shape: 2, dimension: 1 } as const;
export const dimensionField = { value: 1, name: 2 } as const;

/** TensorProto */
export const tensorField = {
  dims: 1,
  dataType: 2,
  floats: 4,
  int32s: 5,
  strings: 6,
  int64s: 7,
  name: 8,
  raw: 9,
  doubles: 10,
  uint64s: 11,
  externalData: 13,
  dataLocation: 14,
} as const;

/** TensorProto.DataType by the names that onnxruntime has for them. */
export const elementTypeNames: Readonly<Record<number, string>> = {
  ...{ 1: 'float32', 2: 'uint8', 3: 'int8', 4: 'uint16', 5: 'int16', 6: 'int32', 7: 'int64', 8: 'string' },
  ...{ 9: 'bool', 10: 'float16', 11: 'float64', 12: 'uint32', 13: 'uint64', 16: 'bfloat16' },
};
