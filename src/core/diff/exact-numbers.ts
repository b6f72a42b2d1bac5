import {MkcoaError} from '../error.ts';
import {isJsonObject, type Json} from '../json.ts';
import {refText} from '../kube/kube-object.ts';
import type {Write} from '../plan.ts';
import type {JsonPath} from '../secrets/map-strings.ts';
import {payloadOf} from '../secrets/seal-places.ts';
import {pathText} from './path-text.ts';

/** A whole number that JavaScript may have rounded when it was read. From 1e21 on it is written with an exponent, and was no int64. */
const isRounded = (value: number) => Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;

function roundedPlace(value: Json | undefined, path: JsonPath): JsonPath | undefined {
	if (typeof value === 'number') return isRounded(value) ? path : undefined;
	const entries: Iterable<readonly [string | number, Json | undefined]> = Array.isArray(value)
		? value.entries()
		: isJsonObject(value)
			? Object.entries(value)
			: [];
	for (const [key, item] of entries) {
		const found = roundedPlace(item, [...path, key]);
		if (found !== undefined) return found;
	}
	return undefined;
}

/**
 * Kubernetes keeps whole numbers of 64 bits, and JavaScript holds 53 of them: what lies beyond would be written as another number.
 * @throws MkcoaError `inexact-number`
 */
export function refuseRounded(write: Write): void {
	const place = roundedPlace(payloadOf(write), []);
	if (place === undefined) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'inexact-number',
		what: `${refText(write.ref)} cannot be written`,
		why: `${pathText(place)} is a whole number beyond 2^53, which mkcoa would write as another one`,
		next: 'Leave this field out, or change it with kubectl',
	});
}
