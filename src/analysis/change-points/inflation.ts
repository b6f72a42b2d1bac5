/** Lags over which rows may resemble each other. */
const mostLags = 40;

/**
 * By how much more the mean of rows varies than that of independent ones: 1 + 2 Σ of their autocorrelations, up to the first that is not positive
 * (Geyer 1992). Taking the level of each segment away takes a part of the resemblance with it, which is put back.
 * @param residuals rows less the level of their segment
 * @param segment mean length of a segment
 */
export function inflationOf(residuals: readonly number[], segment: number): number {
	const squares = residuals.reduce((sum, value) => sum + value * value, 0);
	if (squares === 0) return 1;
	const bound = Math.min(mostLags, Math.floor(residuals.length / 4));
	let inflation = 1;
	for (let lag = 1; lag <= bound; lag++) {
		let products = 0;
		for (let at = lag; at < residuals.length; at++) products += (residuals[at] ?? 0) * (residuals[at - lag] ?? 0);
		const correlation = products / squares + inflation / segment;
		if (correlation <= 0) break;
		inflation += 2 * Math.min(1, correlation);
	}
	return inflation;
}
