import {numberAt, objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {nanoUnits} from '../../../core/kube/quantity.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {objectsAt, textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import {trackLabel} from '../track-label.ts';

/** One write that the rehearsal's cluster saw. */
export type Seen = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject};

/** One thing that would happen. `bad` keeps the change from its end or hurts who is there; `mind` is worth knowing. */
export type RehearsalFinding = {
	readonly id: 'unschedulable' | 'quota' | 'refused' | 'broken-reference' | 'selector-overlap' | 'budget' | 'surge';
	readonly level: 'bad' | 'mind' | 'fine';
	readonly text: string;
};

const longestWords = 200;

/** Objects of one namespace as they are, by kind and name. */
type World = Map<string, KubeObject>;

/**
 * Looks at every write of a rehearsal, from the moment when the copy has come to rest, and keeps what a person should know.
 * @param start the objects at that moment
 */
export function observeRehearsal(namespace: string, start: readonly KubeObject[]) {
	const world: World = new Map(start.map(object => [keyOf(object), object]));
	const before = new Set(start.flatMap(object => troublesOf(object).map(({text}) => text)));
	const troubles = new Map<string, RehearsalFinding>();
	const budgets = new Map<string, number>();
	const overlaps = new Map<string, RehearsalFinding>();
	const startUse = requestsOf(world);
	let peak = startUse;

	return {
		see({type, object}: Seen) {
			if (object.metadata.namespace !== namespace) return;
			if (type === 'DELETED') world.delete(keyOf(object));
			else world.set(keyOf(object), object);
			for (const trouble of type === 'DELETED' ? [] : troublesOf(object))
				if (!before.has(trouble.text)) troubles.set(sameAs(trouble), trouble);
			if (object.kind === 'Pod') peak = larger(peak, requestsOf(world));
			if (object.kind === 'PodDisruptionBudget') noteBudget(object);
			if (type === 'ADDED' && makers.has(object.kind)) for (const each of overlapsOf(object, world)) overlaps.set(each.text, each);
		},
		/** What was seen, the worst first. */
		findings(): readonly RehearsalFinding[] {
			const all = [...troubles.values(), ...references(world), ...overlaps.values(), ...budgetFindings(budgets), surge(startUse, peak)];
			return all.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
		},
	};

	function noteBudget(budget: KubeObject) {
		const allowed = numberAt(budget, 'status', 'disruptionsAllowed');
		if (allowed === undefined) return;
		const {name} = budget.metadata;
		budgets.set(name, Math.min(allowed, budgets.get(name) ?? Number.POSITIVE_INFINITY));
	}
}

const levels = ['bad', 'mind', 'fine'];
const makers = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);
const keyOf = ({kind, metadata: {namespace = '', name}}: KubeObject) => `${kind} ${namespace}/${name}`;

function troublesOf(object: KubeObject): readonly RehearsalFinding[] {
	if (object.kind === 'Pod') return podTroubles(object);
	if (object.kind !== 'Event') return [];
	const [reason, message] = [wordAt(object, 'reason'), plainLine(wordAt(object, 'message'), longestWords)];
	if (reason !== 'FailedCreate') return [];
	const maker = `${wordAt(object, 'involvedObject', 'kind')} ${wordAt(object, 'involvedObject', 'name')}`;
	const isQuota = /exceeded quota/.test(message);
	return [{id: isQuota ? 'quota' : 'refused', level: 'bad', text: `${maker} cannot make a pod: ${message.replace(refusedPod, '')}`}];
}

/** Each attempt is of a pod with another name, which tells nobody anything. */
const refusedPod = /^Error creating: pods? "[^"]*" is forbidden: /;

/** A quota is told once, however much of it was used at each attempt. */
const sameAs = ({id, text}: RehearsalFinding) => (id === 'quota' ? text.replace(/, used: .*/, '') : text);

function podTroubles(pod: KubeObject): readonly RehearsalFinding[] {
	const scheduled = objectsAt(pod, 'status', 'conditions').find(({type}) => type === 'PodScheduled');
	if (scheduled === undefined || scheduled.status !== 'False') return [];
	return [
		{
			id: 'unschedulable',
			level: 'bad',
			text: `A pod of ${makerOf(pod)} finds no node: ${plainLine(wordAt(scheduled, 'message'), longestWords)}`,
		},
	];
}

/** `ReplicaSet web-6d4cf56db6` is the Deployment's business: people know `web`. */
function makerOf(pod: KubeObject): string {
	const owner = controllerOf(pod);
	const hash = textMapAt(pod, 'metadata', 'labels')['pod-template-hash'];
	if (owner === undefined) return pod.metadata.name;
	return hash === undefined ? owner.name : owner.name.replace(new RegExp(`-${hash}$`), '');
}

/** What pods name and the namespace does not have. Optional references do not count, nor does what was missing before. */
function references(world: World): readonly RehearsalFinding[] {
	const pods = [...world.values()].filter(({kind}) => kind === 'Pod');
	const waiting = pods.filter(pod =>
		objectsAt(pod, 'status', 'containerStatuses').some(
			status => wordAt(status, 'state', 'waiting', 'reason') === 'CreateContainerConfigError',
		),
	);
	const missing = waiting.flatMap(pod =>
		podNeeds(objectAt(pod, 'spec'))
			.filter(
				({kind, name}) => !world.has(`${kind} ${pod.metadata.namespace}/${name}`) && !(kind === 'ServiceAccount' && name === 'default'),
			)
			.map(({kind, name, how}) => `${makerOf(pod)} needs ${kind} ${name} (${how}), which is not there`),
	);
	return [...new Set(missing)].map(text => ({id: 'broken-reference', level: 'bad', text}));
}

/** A new workload whose selector finds pods of another, or the other way round: two controllers would fight for them. */
function overlapsOf(made: KubeObject, world: World): readonly RehearsalFinding[] {
	if (controllerOf(made) !== undefined) return [];
	const others = [...world.values()].filter(
		other => makers.has(other.kind) && keyOf(other) !== keyOf(made) && controllerOf(other) === undefined,
	);
	const labels = (workload: KubeObject) => objectAt(workload, 'spec', 'template', 'metadata', 'labels');
	const selects = (one: KubeObject, other: KubeObject) => fitsSelector(objectAt(one, 'spec', 'selector'), labels(other));
	const clashing = others.filter(other => selects(made, other) && selects(other, made));
	// A canary by numbers of pods is there for these requests.
	const isTrack = labels(made)[trackLabel] !== undefined;
	const services = [...world.values()].filter(
		({kind, spec}) => kind === 'Service' && !isTrack && fitsMap(objectAt(spec, 'selector'), labels(made)),
	);
	return [
		...clashing.map(
			(other): RehearsalFinding => ({
				id: 'selector-overlap',
				level: 'bad',
				text: `${made.kind} ${made.metadata.name} and ${other.kind} ${other.metadata.name} select each other's pods`,
			}),
		),
		...(services.length === 0
			? []
			: [
					{
						id: 'selector-overlap',
						level: 'mind',
						text: `${someOf(services.map(({metadata}) => `Service ${metadata.name}`))} sends requests to pods of ${made.metadata.name} too`,
					} as const,
				]),
	];
}

const budgetFindings = (budgets: ReadonlyMap<string, number>): readonly RehearsalFinding[] =>
	[...budgets].map(([name, allowed]) =>
		allowed > 0
			? {id: 'budget', level: 'fine', text: `PodDisruptionBudget ${name} allows ${count(allowed, 'eviction')} at every moment`}
			: {
					id: 'budget',
					level: 'mind',
					text: `PodDisruptionBudget ${name} allows no eviction at some moment: a node drain would wait meanwhile`,
				},
	);

type Use = {readonly pods: number; readonly cpu: bigint; readonly memory: bigint};

/**
 * What the pods take that controllers count. Those on their way out are none of them: how long they take to go is the business of programs that a copy
 * does not run, so a number of them would be another one every time.
 */
function requestsOf(world: World): Use {
	let use: Use = {pods: 0, cpu: 0n, memory: 0n};
	for (const object of world.values()) {
		if (object.kind !== 'Pod' || object.metadata.deletionTimestamp !== undefined) continue;
		if (['Succeeded', 'Failed'].includes(wordAt(object, 'status', 'phase'))) continue;
		const requests = objectsAt(object, 'spec', 'containers').map(container => textMapAt(container, 'resources', 'requests'));
		const sum = (resource: string) => requests.reduce((total, each) => total + (nanoUnits(each[resource] ?? '0') ?? 0n), 0n);
		use = {pods: use.pods + 1, cpu: use.cpu + sum('cpu'), memory: use.memory + sum('memory')};
	}
	return use;
}

const larger = (one: Use, other: Use): Use => ({
	pods: Math.max(one.pods, other.pods),
	cpu: one.cpu > other.cpu ? one.cpu : other.cpu,
	memory: one.memory > other.memory ? one.memory : other.memory,
});

function surge(start: Use, peak: Use): RehearsalFinding {
	const more = peak.pods - start.pods;
	if (more <= 0) return {id: 'surge', level: 'fine', text: `Never more than the ${count(start.pods, 'pod')} of today`};
	const cpu = Number((peak.cpu - start.cpu) / 1_000_000n);
	const memory = Number((peak.memory - start.memory) / 1_000_000_000n / 1_048_576n);
	return {
		id: 'surge',
		level: 'fine',
		text: `At most ${count(more, 'pod')} more than the ${start.pods} of today: ${cpu}m CPU and ${memory} MiB of requests, besides those of pods on their way out`,
	};
}
