/** Steps of a field as people write them: `spec.ports[http].targetPort`. A key with dots in it stands in brackets, as an item of a list does. */
export const fieldPath = (...steps: readonly (string | number)[]): string =>
	steps
		.map(String)
		.reduce(
			(path, step, index) => (index === 0 ? step : /^[\w-]+$/.test(step) && !/^\d+$/.test(step) ? `${path}.${step}` : `${path}[${step}]`),
			'',
		);
