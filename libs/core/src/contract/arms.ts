// The arms: preprocessing variants of one and the same image.
import { z } from 'zod';

/** `placebo`: a same-size hole inpainted where no marker is, on films that have one. */
export const Arm = z.enum(['original', 'inpainted', 'clipped', 'placebo']);
export type Arm = z.infer<typeof Arm>;
