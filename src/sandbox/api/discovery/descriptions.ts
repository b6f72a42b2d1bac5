import {descriptionsJson} from '../generated/descriptions.ts';

type Table = {
	readonly types: {readonly [type: string]: {readonly [field: string]: number}};
	readonly words: readonly string[];
};
let read: Table | undefined;

/** What the API's own documents say of a type (short name, e.g. `core.v1.PodSpec`) or of one of its fields; undefined when they say nothing. */
export function descriptionOf(type: string, field = ''): string | undefined {
	// A cache of a constant: most clusters are never asked to explain.
	read ??= JSON.parse(descriptionsJson);
	const number = read?.types[type]?.[field];
	return number === undefined ? undefined : read?.words[number];
}
