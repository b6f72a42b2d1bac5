export type Difference = {readonly path: string; readonly real: unknown; readonly embedded: unknown};

/** Leaf by leaf, in the order of the real answer; a member that one side lacks is `undefined` there. */
export function differences(real: unknown, embedded: unknown, path = ''): Difference[] {
	if (isContainer(real) && isContainer(embedded) && Array.isArray(real) === Array.isArray(embedded)) {
		const keys = [...new Set([...Object.keys(real), ...Object.keys(embedded)])];
		return keys.flatMap(key => differences(Reflect.get(real, key), Reflect.get(embedded, key), path === '' ? key : `${path}.${key}`));
	}
	return Object.is(real, embedded) ? [] : [{path, real, embedded}];
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
