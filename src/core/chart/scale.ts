/** Ends of an axis. */
export type Bounds = {readonly bottom: number; readonly top: number};

/** Steps that people count in. */
const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
/** Those of bytes, whose larger units are powers of two. */
const binarySteps = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768, 1024];

/** The next round number that is not below a positive value. */
function roundedUp(value: number, isBinary: boolean): number {
	const unit = isBinary ? 1024 ** Math.floor(Math.log2(value) / 10) : 10 ** Math.floor(Math.log10(value));
	return (((isBinary ? binarySteps : steps).find(step => step * unit >= value * (1 - 1e-9)) ?? 10) as number) * unit;
}

/** Below that, steps are no numbers any more: it is drawn as zero. */
const leastSize = 1e-300;

/**
 * Ends of an axis for values: round ones, and zero among them, so that a small difference looks small. Without values, 0 to 1.
 * @param isBinary whether the values are bytes
 */
export function boundsOf(values: readonly number[], {isBinary = false}: {readonly isBinary?: boolean} = {}): Bounds {
	const round = (value: number) => (Math.abs(value) < leastSize ? 0 : Math.sign(value) * roundedUp(Math.abs(value), isBinary));
	let [least, most] = [0, 0];
	for (const value of values) if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
	const [bottom, top] = [round(least), round(most)];
	return bottom === top ? {bottom, top: bottom + 1} : {bottom, top};
}
