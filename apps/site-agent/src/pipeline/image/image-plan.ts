// What a child needs to know once, to evaluate any image of the job.
import type { Arm, ProtocolDocument } from '@sidemark/core/contract';
import type { LocalModels } from '../../models/local-model.ts';

export interface ImagePlan {
  /** absolute */
  folder: string;
  models: LocalModels;
  arms: readonly Arm[];
  maskPolicy: ProtocolDocument['maskPolicy'];
}
