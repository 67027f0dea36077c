// Refusals of a model file by its structure, before any runtime reads it: said by both ends.
export const modelErrors = {
  'model-not-onnx': {
    status: 422,
    failure: 'permanent',
    sentence: 'The file is not a whole ONNX model, or can be read in two ways. Export it again.',
  },
  'model-too-large': {
    status: 413,
    failure: 'permanent',
    sentence: 'The model file is larger than any model of a trial. Check what is being registered.',
  },
  'model-external-data': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The model keeps weights in other files, which are never opened. Export it as one file with all its weights.',
  },
  'model-domain': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The model uses operators beyond the ONNX standard (domains ai.onnx, ai.onnx.ml). Export it with standard operators only, not optimised for a runtime.',
  },
  'model-control-flow': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The model holds loops, or inputs or outputs that are no tensors. Export it unrolled, with plain tensors; of control flow only If is taken.',
  },
  'model-functions': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The model defines functions or training graphs of its own. Export it for inference, with its functions inlined.',
  },
  'model-tensor-invalid': {
    status: 422,
    failure: 'permanent',
    sentence:
      'A stored tensor of the model does not hold what its dimensions declare, or is sparse. Export it again, dense.',
  },
  'model-opset-mismatch': {
    status: 422,
    failure: 'permanent',
    sentence: 'The model imports another opset than its manifest says. Correct the manifest.',
  },
  'model-interface-mismatch': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The inputs or outputs of the model are not those of its manifest. Name every one in the manifest, with its type.',
  },
  'model-decode-unsupported': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The detector ends in an operator of TensorRT (trt-nms), which only NVIDIA devices run. Export it without it and declare the raw outputs: yolo-grid, yolo-obj or effdet-raw, with nms.',
  },
  'model-map-unavailable': {
    status: 422,
    failure: 'permanent',
    sentence:
      'The activation map that the manifest declares cannot be made from this model. Name other tensors in activationMap, declare another method, or leave the field out.',
  },
} as const;
