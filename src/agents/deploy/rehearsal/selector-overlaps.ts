import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
import {someOf} from '../../../core/text/count.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import {trackLabel} from '../track-label.ts';
import {keyOf, type RehearsalFinding, type World} from './copy-world.ts';

const makers = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);
const isMaker = (object: KubeObject) => makers.has(object.kind) && controllerOf(object) === undefined;

/** A new workload whose selector finds pods of another, and the other way round: two controllers would fight for them. And Services that find its pods. */
export function overlapsOf(made: KubeObject, world: World): readonly RehearsalFinding[] {
	if (!isMaker(made)) return [];
	const others = [...world.values()].filter(other => isMaker(other) && keyOf(other) !== keyOf(made));
	const clashing = others.filter(other => selects(made, other) && selects(other, made));
	return [...clashing.map(other => clash(made, other)), ...sharedServices(made, others, world)];
}

const labels = (workload: KubeObject) => objectAt(workload, 'spec', 'template', 'metadata', 'labels');
const selects = (one: KubeObject, other: KubeObject) => fitsSelector(objectAt(one, 'spec', 'selector'), labels(other));

const clash = (made: KubeObject, other: KubeObject): RehearsalFinding => ({
	id: 'selector-overlap',
	level: 'bad',
	text: `${made.kind} ${made.metadata.name} and ${other.kind} ${other.metadata.name} select each other's pods`,
});

/** Services of others, that is. */
function sharedServices(made: KubeObject, others: readonly KubeObject[], world: World): readonly RehearsalFinding[] {
	// A canary by numbers of pods is there for these requests.
	if (labels(made)[trackLabel] !== undefined) return [];
	const finds = (service: KubeObject, workload: KubeObject) => fitsMap(objectAt(service, 'spec', 'selector'), labels(workload));
	const shared = [...world.values()].filter(
		object => object.kind === 'Service' && finds(object, made) && others.some(other => finds(object, other)),
	);
	const names = someOf(shared.map(({metadata}) => `Service ${metadata.name}`));
	if (names === '') return [];
	return [{id: 'selector-overlap', level: 'mind', text: `${names} sends requests to pods of ${made.metadata.name} too`}];
}
