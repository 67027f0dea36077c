// How far a job is: done, rate and time left. The clock comes in as an argument.

export interface EvaluationProgress {
  imagesDone: number;
  imagesTotal: number;
  /** of those done */
  imagesSkipped?: number;
  ratePerSecond: number;
  etaSeconds: number | null;
}

export interface ProgressMeter {
  /** One more image is done. */
  step(isSkipped: boolean): void;
  /** Says the present state, whatever was said last. */
  say(): void;
}

/**
 * Says how far the work is, at most once per `everyMs`.
 * @param resumed images that were done before, and those of them that were skipped; they do not count towards the rate
 */
export function progressMeter(
  imagesTotal: number,
  resumed: { done: number; skipped: number },
  onProgress: (progress: EvaluationProgress) => void,
  nowMs: () => number,
  everyMs = 250,
): ProgressMeter {
  const start = nowMs();
  let imagesDone = resumed.done;
  let imagesSkipped = resumed.skipped;
  let said = -Infinity;
  const say = (): void => {
    said = nowMs();
    const seconds = (said - start) / 1000;
    const ratePerSecond = seconds > 0 ? (imagesDone - resumed.done) / seconds : 0;
    const etaSeconds = ratePerSecond > 0 ? (imagesTotal - imagesDone) / ratePerSecond : null;
    onProgress({
      imagesDone,
      imagesTotal,
      imagesSkipped,
      ratePerSecond,
      etaSeconds: imagesDone === imagesTotal ? 0 : etaSeconds,
    });
  };
  return {
    step(isSkipped) {
      imagesDone++;
      if (isSkipped) imagesSkipped++;
      if (nowMs() - said >= everyMs) say();
    },
    say,
  };
}
