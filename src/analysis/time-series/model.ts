/**
 * Forecasts from an origin.
 * @param values the series; what stands at the origin and after it is not looked at
 * @param origin number of values that are known
 * @returns one value for each step of the horizon
 */
export type Predictor = (values: Float64Array, origin: number, horizon: number) => Float64Array;

/** A way to forecast. Fitting learns parameters, predicting carries them on from any origin: that is what makes a back-test cheap. */
export type Model = {
	readonly name: string;
	/**
	 * @param values finite, evenly spaced, oldest first
	 * @param seasons lengths of the seasons in samples, shortest first
	 * @returns undefined where there are too few values, or it is no model for them
	 */
	readonly fit: (values: Float64Array, seasons: readonly number[]) => Predictor | undefined;
};

/**
 * The same model of the logarithms: seasons, trend and errors are shares of the level then (a multiplicative model), and no forecast is below zero. Not for series
 * with a value at or below zero.
 */
export const onLogs = ({name, fit: learn}: Model): Model => ({
	name: `${name}, of logarithms`,
	fit: (values, seasons) => {
		if (!values.every(value => value > 0)) return undefined;
		const predict = learn(values.map(Math.log), seasons);
		return predict && ((all, origin, horizon) => predict(all.subarray(0, origin).map(Math.log), origin, horizon).map(Math.exp));
	},
});
