import type {Call} from '../understanding.ts';

/**
 * Creates of one request are one `resource_apply` of several documents: they are read, approved and undone together. So are the JSON patches of one
 * object, each of which was made for what the one before leaves.
 */
export function joinedCalls(calls: readonly Call[]): readonly Call[] {
	const joined: Call[] = [];
	for (const call of distinct(calls)) {
		const same = joined.findIndex(earlier => isPatchOfSame(earlier, call));
		const patched = joined[same];
		if (patched !== undefined) {
			joined[same] = joinedPatches(patched, call);
			continue;
		}
		// A Secret of its own between them may come after all that is applied.
		const before = joined.findLastIndex(({tool}) => tool !== 'secret_manage');
		const last = joined[before];
		const both = last?.tool === 'resource_apply' && call.tool === 'resource_apply' ? joinedManifests(last, call) : undefined;
		if (both === undefined) joined.push(call);
		else joined[before] = both;
	}
	return joined;
}

/** What two parts of a request say alike is done once. */
const distinct = (calls: readonly Call[]) => [...new Map(calls.map(call => [JSON.stringify(call), call])).values()];

const rest = ({input}: Call, field: string) => JSON.stringify({...input, [field]: ''});

const isPatchOfSame = (first: Call, second: Call) =>
	first.tool === 'resource_patch' &&
	second.tool === 'resource_patch' &&
	second.input.type === 'json' &&
	rest(first, 'patch') === rest(second, 'patch');

const operationsOf = ({input}: Call): readonly unknown[] => JSON.parse(String(input.patch));

const joinedPatches = (first: Call, second: Call): Call => ({
	tool: 'resource_patch',
	input: {...first.input, patch: JSON.stringify([...operationsOf(first), ...operationsOf(second)])},
});

function joinedManifests(first: Call, second: Call): Call | undefined {
	const [one, two] = [first.input.manifest, second.input.manifest];
	if (typeof one !== 'string' || typeof two !== 'string') return undefined;
	return rest(first, 'manifest') === rest(second, 'manifest')
		? {tool: 'resource_apply', input: {...first.input, manifest: `${one.trimEnd()}\n---\n${two}`}}
		: undefined;
}
