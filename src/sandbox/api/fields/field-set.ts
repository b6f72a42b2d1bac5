/**
 * A set of fields in the form of `fieldsV1`: `f:name` steps into an object, `k:{…}` to a list item by its keys, `v:…` to a list item by its value.
 * Steps are in the order of their text, as the server writes them.
 * An empty node is a member; a node with children is one only if it holds `.`. The root itself is never a member.
 */
export type FieldSet = {readonly [step: string]: FieldSet};

export const noFields: FieldSet = {};

export const isEmpty = (set: FieldSet) => {
	for (const _step in set) return false;
	return true;
};

const isMember = (node: FieldSet) => isEmpty(node) || Object.hasOwn(node, '.');

export const union = (a: FieldSet, b: FieldSet) => combineRoots(a, b, (inA, inB) => inA || inB);
export const difference = (a: FieldSet, b: FieldSet) => combineRoots(a, b, (inA, inB) => inA && !inB);
export const intersection = (a: FieldSet, b: FieldSet) => combineRoots(a, b, (inA, inB) => inA && inB);

type Keep = (inA: boolean, inB: boolean) => boolean;

function combineRoots(a: FieldSet, b: FieldSet, keep: Keep): FieldSet {
	const children: {[step: string]: FieldSet} = {};
	for (const step of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
		if (step === '.') continue;
		const child = combine(a[step], b[step], keep);
		if (child !== undefined) children[step] = child;
	}
	return children;
}

function combine(a: FieldSet | undefined, b: FieldSet | undefined, keep: Keep): FieldSet | undefined {
	// Nothing to tell apart below: the branch stays or goes as it is.
	if (b === undefined && a !== undefined) return keep(true, false) ? a : undefined;
	if (a === undefined && b !== undefined) return keep(false, true) ? b : undefined;
	if (a === undefined || b === undefined) return undefined;
	const member = keep(isMember(a), isMember(b));
	const children = combineRoots(a, b, keep);
	if (isEmpty(children)) return member ? noFields : undefined;
	return member ? {'.': noFields, ...children} : children;
}

/** The paths of the members, as conflicts name them: `.spec.template.spec.containers[name="web"].image`. */
export function pathsOf(set: FieldSet, prefix = ''): readonly string[] {
	return Object.entries(set).flatMap(([step, node]) => {
		if (step === '.') return [];
		const path = `${prefix}${stepText(step)}`;
		return [...(isMember(node) ? [path] : []), ...pathsOf(node, path)];
	});
}

function stepText(step: string): string {
	const text = step.slice(2);
	if (step.startsWith('f:')) return `.${text}`;
	if (step.startsWith('v:')) return `[=${text}]`;
	const keys: {readonly [key: string]: unknown} = JSON.parse(text);
	return `[${Object.entries(keys)
		.map(([key, value]) => `${key}=${JSON.stringify(value)}`)
		.join(',')}]`;
}
