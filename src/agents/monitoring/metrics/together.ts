import type {Measured} from './curve.ts';

/** Series of pods and nodes together: what they are is what must be provided for. A ratio of all is that of the fullest. */
export function together({unit, curves}: Pick<Measured, 'unit' | 'curves'>): readonly (number | null)[] {
	const length = curves[0]?.values.length ?? 0;
	return Array.from({length}, (_, index) => {
		const present = curves.flatMap(({values}) => values[index] ?? []);
		if (present.length === 0) return null;
		return unit === 'ratio' || unit === 'seconds' ? Math.max(...present) : present.reduce((sum, value) => sum + value, 0);
	});
}
