import {childField, type FieldSchema} from '../../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json} from '../../../../core/json.ts';
import {type Causes, required, unsupported} from './causes.ts';

// The status and the metadata have writers of their own; the server does not check them this way.
const unchecked = new Set(['status', 'metadata']);

/**
 * What the type alone refuses: required fields that are missing or empty, values that are not among the documented ones.
 * @param skip fields that somebody else has already spoken about
 */
export function schemaCauses(schema: FieldSchema | undefined, value: Json | undefined, skip: ReadonlySet<string>): Causes {
	const walk = (field: FieldSchema | undefined, here: Json | undefined, path: string): Causes => {
		if (skip.has(path) || field === undefined || here === undefined || here === null) return [];
		if (field.kind === 'scalar') {
			const isKnown = field.values === undefined || here === '' || field.values.includes(String(here));
			return isKnown || field.values === undefined ? [] : [unsupported(path, here, inToldOrder(field.values))];
		}
		if (field.kind === 'list') return Array.isArray(here) ? here.flatMap((item, index) => walk(field.of, item, `${path}[${index}]`)) : [];
		if (field.kind !== 'object' || !isJsonObject(here)) return [];
		const at = (name: string) => (path === '' ? name : `${path}.${name}`);
		const missing = field.required.filter(name => isMissing(here[name]) && !unchecked.has(name) && !skip.has(at(name)));
		const inner = Object.entries(here).filter(([name]) => !unchecked.has(name) || path !== '');
		return [
			...missing.map(name => required(at(name))),
			...inner.flatMap(([name, child]) => walk(childField(field, name), child, at(name))),
		];
	};
	return walk(schema, value, '');
}

const isMissing = (value: Json | undefined) =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

// Most values are told in the order of the alphabet; these in the order of the server's own lists.
const toldOrders = [
	['Always', 'OnFailure', 'Never'],
	['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'],
];
const inToldOrder = (values: readonly string[]) =>
	toldOrders.find(order => order.length === values.length && order.every(value => values.includes(value))) ?? values;
