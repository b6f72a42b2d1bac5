import {numberAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import {keyOf, makerOf, type RehearsalFinding, type World} from './copy-world.ts';

const longestWords = 200;

/** `whose`: key of the pod that waits, or of who cannot make it. */
type Trouble = {readonly finding: RehearsalFinding; readonly whose: string};

/**
 * Pods that find no node, and pods that nobody lets be made. One that was in trouble for a while and came through keeps nothing from its end.
 * @param start objects whose troubles are those of today
 */
export function podTroubles(start: readonly KubeObject[]) {
	const before = new Set(start.flatMap(troublesOf).map(({finding}) => sameAs(finding)));
	const told = new Map<string, {readonly finding: RehearsalFinding; readonly whose: Set<string>}>();
	return {
		see(object: KubeObject) {
			if (isPlaced(object)) for (const {whose} of told.values()) whose.delete(keyOf(object));
			for (const {finding, whose} of troublesOf(object)) {
				const key = sameAs(finding);
				if (!before.has(key)) told.set(key, {finding, whose: (told.get(key)?.whose ?? new Set()).add(whose)});
			}
		},
		findings: (world: World): readonly RehearsalFinding[] =>
			[...told.values()].map(({finding, whose}) =>
				[...whose].every(key => isWhole(world.get(key))) ? {...finding, level: 'mind', text: `For a while only: ${finding.text}`} : finding,
			),
	};
}

const scheduledOf = (object: KubeObject) =>
	object.kind === 'Pod' ? objectsAt(object, 'status', 'conditions').find(({type}) => type === 'PodScheduled') : undefined;
const isPlaced = (object: KubeObject) => scheduledOf(object)?.status === 'True';

/** A ReplicaSet that has all its pods after all. A pod that waits, or went without a node, is none. */
function isWhole(owner: KubeObject | undefined): boolean {
	const wanted = numberAt(owner, 'spec', 'replicas') ?? 0;
	return owner?.kind === 'ReplicaSet' && wanted > 0 && (numberAt(owner, 'status', 'readyReplicas') ?? 0) >= wanted;
}

function troublesOf(object: KubeObject): readonly Trouble[] {
	if (object.kind === 'Event') return refusals(object);
	const scheduled = scheduledOf(object);
	if (scheduled?.status !== 'False') return [];
	const text = `A pod of ${makerOf(object)} finds no node: ${plainLine(wordAt(scheduled, 'message'), longestWords)}`;
	return [{finding: {id: 'unschedulable', level: 'bad', text}, whose: keyOf(object)}];
}

function refusals(event: KubeObject): readonly Trouble[] {
	const message = plainLine(wordAt(event, 'message'), longestWords);
	if (wordAt(event, 'reason') !== 'FailedCreate') return [];
	const [apiVersion = '', kind = '', namespace = '', name = ''] = ['apiVersion', 'kind', 'namespace', 'name'].map(field =>
		wordAt(event, 'involvedObject', field),
	);
	const id = /exceeded quota/.test(message) ? 'quota' : 'refused';
	return [
		{
			finding: {id, level: 'bad', text: `${kind} ${name} cannot make a pod: ${message.replace(refusedPod, '')}`},
			whose: refKey({apiVersion, kind, namespace, name}),
		},
	];
}

/** Each attempt is of a pod with another name, which tells nobody anything. */
const refusedPod = /^Error creating: pods? "[^"]*" is forbidden: /;

/** A quota is told once, however much of it was used at each attempt. */
const sameAs = ({id, text}: RehearsalFinding) => (id === 'quota' ? text.replace(/, used: .*/, '') : text);
