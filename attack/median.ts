/** Makes the standard deviation of a normal distribution out of a median absolute deviation. */
const AS_DEVIATION = 1.4826;
/** How much wider a median scatters than a mean, for normal noise: the square root of π/2. */
const AS_ERROR = 1.2533;

/** The middle of the values; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/**
 * The median of differences between pairs measured side by side, and its noise (one standard error,
 * from the median absolute deviation): a few that were disturbed move neither.
 */
export function pairedDifference(pairs: readonly (readonly [number, number])[]): {
  difference: number;
  noise: number;
} {
  const differences = pairs.map(([first, second]) => first - second);
  const difference = median(differences);
  const deviation = AS_DEVIATION * median(differences.map((value) => Math.abs(value - difference)));
  return { difference, noise: (AS_ERROR * deviation) / Math.sqrt(Math.max(1, pairs.length)) };
}
