/**
 * Replaces what two runs of one server would answer differently, so that only behaviour is left. Nothing is left out: a member that one
 * server does not send, or sends with another type, is a difference.
 */
export function normalise(value: unknown): unknown {
	if (typeof value === 'string') return normaliseText(value);
	if (Array.isArray(value)) return value.map(normalise);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [normaliseText(key), normaliseMember(key, member)]));
}

function normaliseMember(key: string, value: unknown): unknown {
	const looks = drawn.get(key);
	if (looks?.test(String(value)) && (typeof value === 'string' || typeof value === 'number')) return `<${typeof value} ${key}>`;
	if (key === 'cells' && Array.isArray(value)) return value.map(cell => (typeof cell === 'string' ? normaliseCell(cell) : normalise(cell)));
	return unordered.has(key) ? sorted(normalise(value)) : normalise(value);
}

/** The text of one column of a table, where alone an age stands: elsewhere `100m` is a quantity. */
export const normaliseCell = (text: string) => normaliseText(text).replace(/^(\d{1,3}[smhd])+$|^<invalid>$/, '<age>');

/** Lists whose order depends on who came first. */
const unordered = new Set(['managedFields', 'endpoints', 'resourceRules', 'nonResourceRules']);
const sorted = (list: unknown) => (Array.isArray(list) ? list.toSorted((one, other) => (ordered(one) < ordered(other) ? -1 : 1)) : list);

/** As text, whatever the order of its keys. */
const ordered = (value: unknown) =>
	JSON.stringify(value, (_key, member: unknown) =>
		typeof member === 'object' && member !== null && !Array.isArray(member)
			? Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)))
			: member,
	);

/** Members that a server draws or counts up, and what they look like when it did. */
const drawn: ReadonlyMap<string, RegExp> = new Map([
	['resourceVersion', /^[1-9]\d*$/],
	['continue', /^[\w=-]+$/],
	['nodePort', /^3[0-2]\d{3}$/],
	// Of a kubelet.
	['Port', /^\d{4,5}$/],
	['ca.crt', /^-----BEGIN CERTIFICATE-----\n/],
]);

const replacements: readonly (readonly [RegExp, string])[] = [
	[/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'],
	[/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
	// Names which controllers make: a template's hash, and five letters without vowels.
	[/\b([a-z][a-z-]*)-[bcdf-hj-np-tv-z2456789]{6,10}-[bcdf-hj-np-tv-z2456789]{5}\b/g, '$1-<hash>-<random>'],
	[/\b([a-z][a-z-]*)-[bcdf-hj-np-tv-z2456789]{6,10}\b/g, '$1-<hash>'],
	[/\b(made|once|web|crash|by-hand)-[bcdf-hj-np-tv-z2456789]{5}\b/g, '$1-<random>'],
	[/^[bcdf-hj-np-tv-z2456789]{8,10}$/, '<hash>'],
	[/\b10(\.\d+){3}\b/g, '<address>'],
	[/\(\d+(s|m) ago\)/g, '(<age> ago)'],
	[/(current: |in record \()\d+/g, '$1<version>'],
	[/\b(node|test)-[abc]\b/g, '$1-<x>'],
	[/\bkube-api-access-\w+/g, 'kube-api-access-<random>'],
	[/\b([a-z-]+)\.[0-9a-f]{16}\b/g, '$1.<random>'],
	// Three words for a rollout that goes on; which one is seen depends on the moment.
	[/^(NewReplicaSetCreated|ReplicaSetUpdated|FoundNewReplicaSet)$/, '<progressing>'],
	[/^(Created new replica set|Found new replica set|ReplicaSet) ("[^"]+")( is progressing\.)?$/, '<progressing> $2'],
	// KWOK plays the kubelet of the real nodes.
	[/^kwok$/, 'kubelet'],
	// The scheduler signs with the name of its machine.
	[/^default-scheduler-[\w.-]+$/, 'default-scheduler-<host>'],
	[/\bpod-template-hash=\w+/g, 'pod-template-hash=<hash>'],
	[/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, '<time>'],
	[/\bcontainerd:\/\/[0-9a-f]{64}\b/g, 'containerd://<id>'],
	// kubectl sends no token without TLS, so the embedded cluster's address holds it.
	[/\bhttps?:\/\/127\.0\.0\.1:\d+(\/as\/[\w-]+)?/g, '<server>'],
	[/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>'],
];

export const normaliseText = (text: string) => replacements.reduce((result, [pattern, by]) => result.replace(pattern, by), text);
