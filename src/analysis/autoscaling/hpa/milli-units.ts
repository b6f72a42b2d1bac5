import type {Json} from '../../../core/json.ts';
import {nanoUnits, roundedUp} from '../../../core/kube/quantity.ts';

const nanosInMilli = 1_000_000n;

/** A quantity in thousandths, rounded up as Kubernetes does; undefined for what is none. */
export function milliUnits(value: Json | undefined): number | undefined {
	const nanos = typeof value === 'string' || typeof value === 'number' ? nanoUnits(value) : undefined;
	if (nanos === undefined) return undefined;
	return Number(nanos < 0n ? nanos / nanosInMilli : roundedUp(nanos, nanosInMilli));
}
