import {textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {type Case, caseOf, ofKind, ownerOf} from './case.ts';
import type {Cause} from './cause.ts';
import {fieldPath} from './field-path.ts';
import {hostPortsOf} from './own-separation.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

const hasEnded = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '');

const nodeOf = (pod: KubeObject) => textAt(pod, 'spec', 'nodeName');

/** Of those who hold a port, the one whose last change brought it there. */
function takerOf(
	holders: readonly KubeObject[],
	{number, protocol}: {readonly number: number; readonly protocol: string},
	scene: Case['scene'],
) {
	for (const holder of new Set(holders.flatMap(pod => ownerOf(pod, scene) ?? []))) {
		const given = caseOf(holder, scene);
		const port = hostPortsOf(holder).find(each => each.number === number && each.protocol === protocol);
		const change = changeOf(given);
		const changed = port === undefined ? [] : changesAt(change, port.place);
		if (port !== undefined && changed.length > 0) return {holder, given, place: port.place, change, changed};
	}
	return undefined;
}

/** Who came to hold the port is what is wrong, and not who always had it. */
function takenBy(
	{holder, given, place, change, changed}: NonNullable<ReturnType<typeof takerOf>>,
	workload: KubeObject,
	number: number,
): Cause {
	const [name, who] = [refText(refOf(holder)), refText(refOf(workload))];
	return {
		id: 'host-port-taken',
		resource: refOf(holder),
		path: fieldPath(holder, place),
		hurts: [refOf(workload)],
		cause: {
			en: `${name} was changed to hold port ${number} of its nodes, which pods of ${who} want there`,
			ko: `${name}가 노드의 ${number} 포트를 쓰도록 바뀌었는데 ${who}의 파드가 그 포트를 원합니다`,
		},
		evidence: [{source: who, detail: `hostPort ${number}`}, ...changeEvidence(given, change, changed)],
		remedies: backRemedy(given, change, changed),
	};
}

/**
 * Another workload holds a port of the node that pods want: on every one of these nodes.
 * @param isEach each pod is for one of the nodes and goes to no other, so that one of them is enough
 */
export function portTaken(workload: KubeObject, given: Case, nodes: readonly KubeObject[], isEach = false): Cause | undefined {
	const pods = ofKind(given.scene, 'Pod').filter(pod => !given.pods.includes(pod) && !hasEnded(pod));
	for (const {number, protocol, place} of hostPortsOf(workload)) {
		const holders = pods.filter(pod => hostPortsOf(pod).some(each => each.number === number && each.protocol === protocol));
		const taken = new Set(holders.map(nodeOf));
		const lost = nodes.filter(({metadata}) => taken.has(metadata.name)).map(({metadata}) => metadata.name);
		if (lost.length === 0 || (!isEach && lost.length < nodes.length)) continue;
		const change = changeOf(given);
		const changed = changesAt(change, place);
		const taker = changed.length > 0 ? undefined : takerOf(holders, {number, protocol}, given.scene);
		if (taker !== undefined) return takenBy(taker, workload, number);
		const isEverywhere = lost.length === nodes.length && lost.length > 1;
		return {
			id: 'host-port-taken',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			cause: {
				en: `Pods of ${refText(refOf(workload))} want port ${number} of their node, which another pod holds on ${isEverywhere ? 'every node' : someOf(lost)}`,
				ko: `${refText(refOf(workload))}의 파드가 노드의 ${number} 포트를 원하는데 ${isEverywhere ? '모든 노드' : someOf(lost)}에서 다른 파드가 쓰고 있습니다`,
			},
			evidence: [
				...holders
					.filter(pod => lost.includes(nodeOf(pod) ?? ''))
					.slice(0, 3)
					.map(pod => ({source: refText(refOf(pod)), detail: `hostPort ${number} on ${nodeOf(pod)}`})),
				...changeEvidence(given, change, changed),
			],
			remedies: backRemedy(given, change, changed),
		};
	}
	return undefined;
}
