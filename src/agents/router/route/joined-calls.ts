import type {Call} from '../understanding.ts';

/** Creates of one request are one `resource_apply` of several documents: they are read, approved and undone together. */
export function joinedCalls(calls: readonly Call[]): readonly Call[] {
	const joined: Call[] = [];
	for (const call of calls) {
		const last = joined.at(-1);
		const both = last?.tool === 'resource_apply' && call.tool === 'resource_apply' ? joinedManifests(last, call) : undefined;
		if (both === undefined) joined.push(call);
		else joined[joined.length - 1] = both;
	}
	return joined;
}

function joinedManifests(first: Call, second: Call): Call | undefined {
	const [one, two] = [first.input.manifest, second.input.manifest];
	if (typeof one !== 'string' || typeof two !== 'string') return undefined;
	const rest = ({input}: Call) => JSON.stringify({...input, manifest: ''});
	return rest(first) === rest(second)
		? {tool: 'resource_apply', input: {...first.input, manifest: `${one.trimEnd()}\n---\n${two}`}}
		: undefined;
}
