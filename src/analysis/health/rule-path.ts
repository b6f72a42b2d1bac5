import {isJsonObject, type Json} from '../../core/json.ts';

/**
 * The values at a path such as `status.racks.*.members` or `metadata.annotations[example.org/hold]`; `*` is every item of a list or map.
 * Nothing for what is absent, null or empty.
 */
export function valuesAt(object: Json, path: string): readonly Json[] {
	const steps = path.match(/[^.[\]]+(?=[.[]|$)|\[[^\]]+\]/g) ?? [];
	let here: readonly Json[] = [object];
	for (const step of steps.map(step => step.replace(/^\[|\]$/g, ''))) {
		here = here.flatMap(value => {
			if (step === '*') return Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value).flatMap(item => item ?? []) : [];
			return isJsonObject(value) ? [value[step] ?? []].flatMap(found => (Array.isArray(found) && found.length === 0 ? [] : [found])) : [];
		});
	}
	return here.filter(value => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
}

/** Whether a text is a path into the object rather than a word. */
export const isPath = (text: string) => /^(status|spec|metadata)([.[]|$)/.test(text);
