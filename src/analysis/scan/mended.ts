import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Mend} from '../checks/check.ts';

/** Maps whose keys are anybody's words, dots and slashes included: what follows them in a path is one key. */
const freeMaps = new Set(['labels', 'annotations', 'matchLabels', 'nodeSelector', 'data', 'stringData', 'limits', 'requests', 'hard']);

/** The steps of a path as checks write it: `spec.containers[0].image`, `metadata.labels.app.kubernetes.io/name`, `data[app.yaml]`. */
export function pathSteps(path: string): readonly string[] {
	const steps: string[] = [];
	let rest = path;
	while (rest !== '') {
		const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\]|\.?([^.[\]]+))/.exec(rest) ?? [];
		const isFree = bracketed === undefined && rest.startsWith('.') && freeMaps.has(steps.at(-1) ?? '');
		const [whole = ''] = (isFree ? /^\.[^[\]]+/ : /^(?:\[[^\]]*\]|\.?[^.[\]]+)/).exec(rest) ?? [];
		if (whole === '') throw new RangeError(`${path} is no path`);
		steps.push(bracketed ?? (isFree ? whole.slice(1) : plain));
		rest = rest.slice(whole.length);
	}
	return steps;
}

const isEmpty = (value: Json | undefined) =>
	Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;

/** Maps that stay though nothing is left in them: they are where a person looks for settings. */
const staying = new Set(['securityContext', 'resources', 'metadata', 'spec']);

function entrySet(map: JsonObject, key: string, value: Json | undefined): JsonObject {
	if (value !== undefined) return {...map, [key]: value};
	const {[key]: _, ...rest} = map;
	return rest;
}

/**
 * The value with one place set anew; undefined takes it out, with each list and map around it that this leaves empty. Maps on the way are made.
 * @param own under which key the value stands
 */
function placed(here: Json | undefined, [step, ...rest]: readonly string[], value: Json | undefined, own: string): Json | undefined {
	if (step === undefined) return value;
	if (Array.isArray(here)) {
		const index = Number(step);
		const item = placed(here[index], rest, value, step);
		if (item !== undefined) return index < here.length ? here.with(index, item) : [...here, item];
		const left = here.toSpliced(index, 1);
		return isEmpty(left) ? undefined : left;
	}
	const map = isJsonObject(here) ? here : {};
	const left = entrySet(map, step, placed(map[step], rest, value, step));
	return isEmpty(left) && value === undefined && !staying.has(own) ? undefined : left;
}

type Asking = Extract<Mend, {ask: string}>;

/**
 * An object with the fields that mend a fault.
 * @param answer what a person decided where only a person knows; such a mend is left out where there is no answer
 */
export function mended(object: KubeObject, mends: readonly Mend[], answer: (mend: Asking) => Json | undefined): KubeObject {
	// From the end of a list, so that what is taken out moves nothing that is still to go.
	const removed = mends.filter(mend => 'remove' in mend).toSorted((one, other) => byPlace(other.path, one.path));
	const set = mends.filter(mend => !('remove' in mend));
	return [...set, ...removed].reduce((now, mend) => {
		const value = 'ask' in mend ? answer(mend) : 'value' in mend ? mend.value : undefined;
		const isOpen = value === undefined && !('remove' in mend);
		// An object keeps its kind and name, so it stays an object.
		return isOpen ? now : (placed(now, pathSteps(mend.path), value, 'metadata') as KubeObject);
	}, object);
}

const byPlace = (one: string, other: string) => one.localeCompare(other, 'en', {numeric: true});
