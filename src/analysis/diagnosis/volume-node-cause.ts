import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {fitsTerms} from './node-choice.ts';
import {backRemedy, changeEvidence, changeOf, changesAt, type TemplateChange} from './template-change.ts';

/** Whether a volume can be reached from one of these nodes. */
const isReached = (volume: KubeObject, nodes: readonly KubeObject[]) => {
	const terms = listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms');
	return terms.length === 0 || nodes.some(node => fitsTerms(node, terms));
};

/**
 * What exchanged a claim for the one that is bound to a volume, where the one before is still bound to a volume that can be reached.
 * @param nodes those that the pods may use
 */
export function claimExchanges(given: Case, change: TemplateChange | undefined, volume: KubeObject, nodes: readonly KubeObject[]) {
	const volumeOf = (claim: string) => {
		const found = ofKind(given.scene, 'PersistentVolumeClaim').find(({metadata}) => metadata.name === claim);
		const name = textAt(found, 'spec', 'volumeName');
		return ofKind(given.scene, 'PersistentVolume').find(({metadata}) => metadata.name === name);
	};
	return listAt(given.podSpec, 'volumes').flatMap((mounted, index) => {
		const claim = textAt(mounted, 'persistentVolumeClaim', 'claimName');
		if (given.workload === undefined || claim === undefined || volumeOf(claim) !== volume) return [];
		const place = [...podSpecPlace(given.workload), 'volumes', index, 'persistentVolumeClaim', 'claimName'];
		return changesAt(change, place).filter(({to}) => {
			const before = typeof to === 'string' ? volumeOf(to) : undefined;
			return before !== undefined && isReached(before, nodes);
		});
	});
}

/** Pods may use some nodes, and the volume that they mount can be reached from others only: a zone, or the disk of one node. */
export function volumeNodeCause(workload: KubeObject, given: Case, nodes: readonly KubeObject[]): Cause | undefined {
	const names = new Set(given.claims.flatMap(claim => textAt(claim, 'spec', 'volumeName') ?? []));
	const volume = ofKind(given.scene, 'PersistentVolume').find(each => names.has(each.metadata.name) && !isReached(each, nodes));
	if (volume === undefined) return undefined;
	const at = podSpecPlace(workload);
	const change = changeOf(given);
	const placed = ['nodeSelector', 'affinity', 'tolerations'].flatMap(field => changesAt(change, [...at, field]));
	const changed = placed.length > 0 ? placed : claimExchanges(given, change, volume, nodes);
	const [first] = changed;
	const name = refText(refOf(workload));
	return {
		id: 'volume-on-other-nodes',
		resource: first === undefined ? refOf(volume) : refOf(workload),
		path: first === undefined ? 'spec.nodeAffinity' : fieldPath(workload, first.path),
		hurts: [refOf(workload)],
		cause: {
			en: `${refText(refOf(volume))} can be reached from none of the nodes that pods of ${name} may use: they stay Pending`,
			ko: `${name}의 파드가 갈 수 있는 노드에서는 ${refText(refOf(volume))}에 닿을 수 없어 Pending으로 남습니다`,
		},
		evidence: [
			{
				source: refText(refOf(volume)),
				detail: `nodeAffinity ${shortLine(JSON.stringify(listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms')), 200)}`,
			},
			...changeEvidence(given, change, changed),
		],
		remedies: backRemedy(given, change, changed),
	};
}
