/** The value below which `share` (0 to 1) of the samples lie. */
export function quantile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const spread = (samples) => ({
  median: median(samples),
  min: Math.min(...samples),
  max: Math.max(...samples),
});

const RESAMPLES = 2000;

/**
 * Ratio of two medians with its bootstrapped 95 % interval: what the ratio might have been with
 * other samples of the same.
 */
export function bootstrap(ours, yardstick) {
  const again = (samples) =>
    median(samples.map(() => samples[Math.floor(Math.random() * samples.length)]));
  const ratios = Array.from({ length: RESAMPLES }, () => again(ours) / again(yardstick));
  return {
    median: median(ours) / median(yardstick),
    min: quantile(ratios, 0.025),
    max: quantile(ratios, 0.975),
  };
}
