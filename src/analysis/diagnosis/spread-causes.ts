import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {portTaken} from './host-port-causes.ts';
import {domains, ownSeparation, termsOf} from './own-separation.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** A replica more than there are places for. */
function tooFewPlaces(workload: KubeObject, given: Case, open: readonly KubeObject[], chosen: readonly KubeObject[]): Cause | undefined {
	const separation = ownSeparation(workload, given, open, chosen);
	const replicas = numberAt(workload, 'spec', 'replicas') ?? 1;
	if (separation === undefined || workload.kind === 'DaemonSet' || replicas <= separation.places) return undefined;
	const {place, places, what, softer} = separation;
	const change = changeOf(given);
	const changed = changesAt(change, place);
	const name = refText(refOf(workload));
	return {
		id: 'fewer-places-than-replicas',
		resource: refOf(workload),
		path: fieldPath(workload, place),
		cause: {
			en: `${name} wants ${replicas} pods, and its ${what} lets only ${places} start`,
			ko: `${name}는 파드 ${replicas}개를 원하지만 ${what} 때문에 ${places}개만 뜰 수 있습니다`,
		},
		evidence: [{source: name, detail: `spec.replicas ${replicas}, ${what}: ${places}`}, ...changeEvidence(given, change, changed)],
		remedies: changed.length > 0 ? backRemedy(given, change, changed) : softer,
	};
}

/** Spreading over places that no node belongs to. */
function unknownPlaces(workload: KubeObject, given: Case, nodes: readonly KubeObject[]): Cause | undefined {
	const strict = listAt(given.podSpec, 'topologySpreadConstraints').flatMap((term, index) =>
		textAt(term, 'whenUnsatisfiable') === 'ScheduleAnyway'
			? []
			: [
					{
						key: textAt(term, 'topologyKey') ?? '',
						place: [...podSpecPlace(workload), 'topologySpreadConstraints', index],
						field: 'whenUnsatisfiable',
					},
				],
	);
	const near = termsOf(workload, given.podSpec, 'podAffinity').map(({term, place}) => ({
		key: textAt(term, 'topologyKey') ?? '',
		place,
		field: '',
	}));
	const found = [...strict, ...near].find(({key}) => domains(nodes, key) === 0);
	if (found === undefined) return undefined;
	const {key, place} = found;
	const at = [...place, 'topologyKey'];
	const change = changeOf(given);
	const changed = changesAt(change, at);
	const meant = meantName(key, [...new Set(nodes.flatMap(({metadata}) => Object.keys(metadata.labels ?? {})))]);
	const name = refText(refOf(workload));
	const ways: readonly Remedy[] = [
		...(meant === undefined
			? []
			: [
					exchange(workload, [{path: at, from: key, to: meant}], {
						side: 'workload' as const,
						sure: true,
						text: {en: `Let ${name} spread by ${meant}`, ko: `${name}를 ${meant} 기준으로 분산합니다`},
					}),
				]),
		...(found.field === ''
			? []
			: [
					exchange(workload, [{path: [...place, found.field], from: 'DoNotSchedule', to: 'ScheduleAnyway'}], {
						side: 'workload' as const,
						sure: false,
						text: {en: `Let pods of ${name} start where they cannot be spread`, ko: `${name}의 파드를 분산할 수 없어도 뜨게 합니다`},
					}),
				]),
	];
	return {
		id: 'topology-nobody-has',
		resource: refOf(workload),
		path: fieldPath(workload, at),
		cause: {
			en: `${name} places its pods by the node label ${key}, and no node has that label: they stay Pending`,
			ko: `${name}가 노드 라벨 ${key}로 파드를 배치하는데 그런 라벨의 노드가 없어 Pending으로 남습니다`,
		},
		evidence: [
			...nodes.slice(0, 3).map(node => ({source: refText(refOf(node)), detail: `${key}=(none)`})),
			...changeEvidence(given, change, changed),
		],
		remedies: changed.length > 0 ? backRemedy(given, change, changed) : ways,
	};
}

/** Pods want to stand beside pods that are nowhere. A workload that wants to stand beside its own may start alone. */
function lonely(workload: KubeObject, given: Case): Cause | undefined {
	const found = termsOf(workload, given.podSpec, 'podAffinity').find(({term}) => {
		const selector = valueAt(term, 'labelSelector');
		const others = listAt(term, 'namespaces').length > 0 || valueAt(term, 'namespaceSelector') !== undefined;
		return (
			!others &&
			!fitsSelector(selector, given.labels) &&
			!ofKind(given.scene, 'Pod').some(pod => fitsSelector(selector, pod.metadata.labels))
		);
	});
	if (found === undefined) return undefined;
	const change = changeOf(given);
	const changed = changesAt(change, found.place);
	const wanted = JSON.stringify(valueAt(found.term, 'labelSelector', 'matchLabels') ?? valueAt(found.term, 'labelSelector') ?? {});
	const name = refText(refOf(workload));
	return {
		id: 'pods-to-stand-beside-not-there',
		resource: refOf(workload),
		path: fieldPath(workload, [...found.place, 'labelSelector']),
		cause: {
			en: `Pods of ${name} must stand beside pods with ${wanted}, and there are none: they stay Pending`,
			ko: `${name}의 파드는 ${wanted} 파드 옆에만 뜰 수 있는데 그런 파드가 없어 Pending으로 남습니다`,
		},
		evidence: [{source: name, detail: `podAffinity ${wanted}`}, ...changeEvidence(given, change, changed)],
		remedies: backRemedy(given, change, changed),
	};
}

/** Rules about how pods stand to each other that cannot be kept with the nodes that there are. */
export const spreadCause = (
	workload: KubeObject,
	given: Case,
	open: readonly KubeObject[],
	chosen: readonly KubeObject[],
): Cause | undefined =>
	unknownPlaces(workload, given, open) ??
	lonely(workload, given) ??
	portTaken(workload, given, open) ??
	tooFewPlaces(workload, given, open, chosen);
