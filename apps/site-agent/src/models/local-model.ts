// A model as the pipeline gets it: bytes on this machine whose digest and release were checked.
import type {
  ClassifierManifest,
  DetectorManifest,
  InpainterManifest,
  Manifest,
} from '@sidemark/core/contract';

export interface LocalModel<M extends Manifest = Manifest> {
  /** of the ONNX bytes */
  readonly sha256: string;
  /** absolute path of the ONNX file */
  readonly path: string;
  readonly manifest: M;
}

export interface LocalModels {
  readonly detector: LocalModel<DetectorManifest>;
  readonly inpainter: LocalModel<InpainterManifest>;
  /** in protocol order */
  readonly classifiers: readonly LocalModel<ClassifierManifest>[];
}
