import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';

type Part = string | number | '*';

/** One step: `.name`, `['any.name']`, `[0]`, `[*]`. */
const part = /\.([\w-]+)|\['([^']{1,253})'\]|\[(\d{1,6}|\*)\]/y;

/**
 * Reads the part of JSONPath that columns need, with or without braces: `.spec.nodeName`, `.metadata.labels['app.kubernetes.io/name']`,
 * `.spec.containers[*].image`, `.spec.ports[0].port`. Filters, slices and recursive descent are refused with `bad-column`.
 */
export function simplePath(text: string): (value: Json) => readonly Json[] {
	const path = text.replace(/^\{(.*)\}$/, '$1');
	const parts: Part[] = [];
	part.lastIndex = 0;
	while (part.lastIndex < path.length) {
		const at = part.lastIndex;
		const found = part.exec(path);
		if (found === null) throw badColumn(text, at);
		const [, name, quoted, index] = found;
		parts.push(index === undefined ? (name ?? quoted ?? '') : index === '*' ? '*' : Number(index));
	}
	return value => parts.reduce<readonly Json[]>((values, step) => values.flatMap(inner => children(inner, step)), [value]);
}

function children(value: Json, step: Part): readonly Json[] {
	if (step === '*') {
		if (Array.isArray(value)) return value;
		return isJsonObject(value) ? Object.values(value).filter(item => item !== undefined) : [];
	}
	if (Array.isArray(value)) return typeof step === 'number' && value[step] !== undefined ? [value[step]] : [];
	const child = isJsonObject(value) && typeof step === 'string' && Object.hasOwn(value, step) ? value[step] : undefined;
	return child === undefined ? [] : [child];
}

const badColumn = (text: string, at: number) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-column',
		what: `The column “${text}” cannot be read from character ${at + 1} on`,
		next: "Write a path such as .spec.nodeName, .metadata.labels['app'] or .spec.containers[*].image",
	});
