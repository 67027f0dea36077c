// How far a job is: done, rate and time left. The clock comes in as an argument.

export interface EvaluationProgress {
  imagesDone: number;
  imagesTotal: number;
  ratePerSecond: number;
  etaSeconds: number | null;
}

export interface ProgressMeter {
  /** One more image is done. */
  step(): void;
  /** Says the present state, whatever was said last. */
  say(): void;
}

/**
 * Says how far the work is, at most once per `everyMs`.
 * @param resumed images that were done before; they do not count towards the rate
 */
export function progressMeter(
  imagesTotal: number,
  resumed: number,
  onProgress: (progress: EvaluationProgress) => void,
  nowMs: () => number,
  everyMs = 250,
): ProgressMeter {
  const start = nowMs();
  let imagesDone = resumed;
  let said = -Infinity;
  const say = (): void => {
    said = nowMs();
    const seconds = (said - start) / 1000;
    const ratePerSecond = seconds > 0 ? (imagesDone - resumed) / seconds : 0;
    const etaSeconds = ratePerSecond > 0 ? (imagesTotal - imagesDone) / ratePerSecond : null;
    onProgress({
      imagesDone,
      imagesTotal,
      ratePerSecond,
      etaSeconds: imagesDone === imagesTotal ? 0 : etaSeconds,
    });
  };
  return {
    step() {
      imagesDone++;
      if (nowMs() - said >= everyMs) say();
    },
    say,
  };
}
