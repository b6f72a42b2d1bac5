import {isJsonObject, type Json} from '../../core/json.ts';

const plainKey = /^[\w-]+$/;

/**
 * A place in an object as causes name it, items of lists by their names: `spec.template.spec.containers[web].image`, `data[app.yaml]`.
 * What has no name is named by its number.
 */
export function fieldPath(object: Json | undefined, path: readonly (string | number)[]): string {
	let here = object;
	let text = '';
	for (const step of path) {
		const next: Json | undefined = Array.isArray(here) ? here[Number(step)] : isJsonObject(here) ? here[step] : undefined;
		if (typeof step === 'number') text += `[${isJsonObject(next) && typeof next.name === 'string' ? next.name : step}]`;
		else if (plainKey.test(step)) text += text === '' ? step : `.${step}`;
		else text += `[${step}]`;
		here = next;
	}
	return text;
}
