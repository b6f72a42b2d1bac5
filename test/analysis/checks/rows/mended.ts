import type {Fault} from '../../../../src/analysis/checks/check.ts';
import {isJsonObject, type Json} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

/** An object with all mends of its faults, or undefined where one of them asks a person. What is taken from a list goes last first. */
export function mended(object: KubeObject, faults: readonly Fault[]): KubeObject | undefined {
	const mends = faults.flatMap(fault => fault.mends);
	if (mends.length === 0 || mends.some(mend => 'ask' in mend)) return undefined;
	const copy = structuredClone(object);
	const removed = mends.filter(mend => 'remove' in mend).map(({path}) => path);
	for (const mend of mends) if ('value' in mend) put(copy, stepsOf(mend.path), mend.value);
	for (const path of removed.toSorted((a, b) => b.localeCompare(a, 'en', {numeric: true}))) put(copy, stepsOf(path), undefined);
	return copy;
}

const stepsOf = (path: string) => [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, inner]) => inner ?? whole);

function put(here: Json, [step = '', ...rest]: readonly string[], value: Json | undefined): void {
	const holder = here as {[key: string]: Json};
	if (rest.length > 0) {
		const next = holder[step] ?? (/^\d+$/.test(rest[0] ?? '') ? [] : {});
		if (value !== undefined) holder[step] = next;
		if (Array.isArray(next) || isJsonObject(next)) put(next, rest, value);
	} else if (value !== undefined) holder[step] = value;
	else if (Array.isArray(here)) here.splice(Number(step), 1);
	else delete holder[step];
}
