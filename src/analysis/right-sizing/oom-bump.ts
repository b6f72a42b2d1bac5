/** What an out-of-memory kill adds, whichever is more. The Vertical Pod Autoscaler's own (OOMBumpUpRatio, OOMMinBumpUp). */
const ratio = 1.2;
const leastBytes = 100 * 2 ** 20;

/** Memory for what was killed at so many bytes. */
export const bumpedForOom = (bytes: number): number => Math.max(bytes * ratio, bytes + leastBytes);
