import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {fitsExpression} from '../../../../core/kube/selector.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {caseOf, isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {isChosen} from '../../../diagnosis/node-choice.ts';
import {backRemedy, changeEvidence as changedFields, changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import {isDefaultClass} from '../../../diagnosis/volume-causes.ts';
import {claimExchanges} from '../../../diagnosis/volume-node-cause.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0);

const phaseOf = (claim: KubeObject) => textAt(claim, 'status', 'phase');

function lostCause(claim: KubeObject, survey: Survey): readonly Cause[] {
	const wanted = textAt(claim, 'spec', 'volumeName');
	const isGone =
		phaseOf(claim) === 'Lost' ||
		(phaseOf(claim) === 'Bound' &&
			wanted !== undefined &&
			survey.isRead('PersistentVolume') &&
			survey.find('PersistentVolume', undefined, wanted) === undefined);
	if (!isGone) return [];
	const name = refText(refOf(claim));
	return [
		{
			id: 'claim-lost',
			resource: refOf(claim),
			path: 'spec.volumeName',
			cause: {
				en: `${name} was bound to PersistentVolume ${wanted ?? '?'}, which is gone`,
				ko: `${name}이(가) 쓰던 PersistentVolume ${wanted ?? '?'}이(가) 없어졌습니다`,
			},
			evidence: [{source: name, detail: `${phaseOf(claim)}, volumeName ${wanted ?? '(none)'}`}],
			remedies: [],
		},
	];
}

/** So long a driver may take to make a volume larger. */
const resizeMs = 15 * 60_000;

function resizeCause(claim: KubeObject, survey: Survey): readonly Cause[] {
	const [wanted, has] = [valueAt(claim, 'spec', 'resources', 'requests', 'storage'), valueAt(claim, 'status', 'capacity', 'storage')];
	if (phaseOf(claim) !== 'Bound' || has === undefined || amount(wanted) <= amount(has)) return [];
	const conditions = listAt(claim, 'status', 'conditions').filter(each => textAt(each, 'status') === 'True');
	const waits = conditions.find(each => textAt(each, 'type') === 'FileSystemResizePending');
	const className = textAt(claim, 'spec', 'storageClassName') ?? '';
	const found = survey.find('StorageClass', undefined, className);
	const canGrow = valueAt(found, 'allowVolumeExpansion') === true;
	const isYoung = conditions.some(each => survey.nowMs - (Date.parse(textAt(each, 'lastTransitionTime') ?? '') || 0) < resizeMs);
	if (canGrow && waits === undefined && (isYoung || conditions.length === 0)) return [];
	if (!canGrow && (!survey.isRead('StorageClass') || className === '')) return [];
	const name = refText(refOf(claim));
	const why =
		waits !== undefined
			? {en: 'its file system grows when a pod mounts it anew', ko: '파드가 다시 마운트할 때 파일 시스템이 커집니다'}
			: canGrow
				? {en: 'the driver has not made it larger', ko: '드라이버가 아직 늘리지 못했습니다'}
				: {en: `StorageClass ${className} makes no volume larger`, ko: `StorageClass ${className}는 볼륨을 늘리지 않습니다`};
	return [
		{
			id: 'claim-not-resized',
			resource: refOf(claim),
			path: 'spec.resources.requests.storage',
			severity: waits === undefined ? 'medium' : 'low',
			cause: {
				en: `${name} asks for ${String(wanted)} and has ${String(has)}: ${why.en}`,
				ko: `${name}이(가) ${String(wanted)}을(를) 요청하는데 지금은 ${String(has)}입니다: ${why.ko}`,
			},
			evidence: [
				{source: name, detail: `spec ${String(wanted)}, status.capacity ${String(has)}`},
				...conditions.map(each => ({
					source: name,
					detail: `${textAt(each, 'type')}: ${shortLine(textAt(each, 'message') ?? '', 200)}`,
				})),
				...changeEvidence(claim),
			],
			remedies: [],
		},
	];
}

/** Whether a volume can be used on a node. */
const reaches = (volume: KubeObject, node: KubeObject) => {
	const terms = listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms');
	return (
		terms.length === 0 || terms.some(term => listAt(term, 'matchExpressions').every(each => fitsExpression(each, node.metadata.labels)))
	);
};

const affinityText = (volume: KubeObject) =>
	listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms')
		.flatMap(term =>
			listAt(term, 'matchExpressions').map(
				each => `${textAt(each, 'key')} ${textAt(each, 'operator')} ${listAt(each, 'values').join(', ')}`,
			),
		)
		.join('; ');

function reachCauses(workload: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace = ''} = workload.metadata;
	const nodes = survey.all('Node');
	const podSpec = podSpecOf(workload);
	const claims = listAt(podSpec, 'volumes').flatMap(
		volume => survey.find('PersistentVolumeClaim', namespace, textAt(volume, 'persistentVolumeClaim', 'claimName') ?? '') ?? [],
	);
	const volumes = claims.flatMap(claim => survey.find('PersistentVolume', undefined, textAt(claim, 'spec', 'volumeName') ?? '') ?? []);
	if (nodes.length === 0 || !survey.isRead('Node')) return [];
	return volumes.flatMap((volume): readonly Cause[] => {
		const near = nodes.filter(node => reaches(volume, node));
		if (near.some(node => isChosen(node, podSpec))) return [];
		const place = [...podSpecPlace(workload), valueAt(podSpec, 'nodeSelector') === undefined ? 'affinity' : 'nodeSelector'];
		const given = caseOf(workload, survey.scene(namespace));
		const change = changeOf(given);
		const exchanged = claimExchanges(
			given,
			change,
			volume,
			nodes.filter(node => isChosen(node, podSpec)),
		);
		const isVolume = exchanged.length === 0 && (near.length === 0 || isChangedLater(volume, workload, {other: place}));
		const changed = exchanged.length > 0 ? exchanged : changesAt(change, place);
		const [name, what] = [refText(refOf(workload)), refText(refOf(volume))];
		return [
			{
				id: 'volume-on-other-nodes',
				resource: refOf(isVolume ? volume : workload),
				path: isVolume ? 'spec.nodeAffinity' : fieldPath(workload, exchanged[0]?.path ?? place),
				severity: survey.podsOf(workload).every(isReady) ? 'medium' : undefined,
				hurts: [refOf(workload)],
				cause: {
					en: `${what} can be used where ${affinityText(volume)}, and ${near.length === 0 ? 'no node is there' : `the pods of ${name} may run on none of these nodes`}`,
					ko: `${what}은(는) ${affinityText(volume)} 노드에서만 쓸 수 있는데 ${near.length === 0 ? '그런 노드가 없습니다' : `${name}의 파드는 그 노드에서 실행될 수 없습니다`}`,
				},
				evidence: [
					{source: what, detail: `nodeAffinity ${affinityText(volume)}`},
					{source: name, detail: `nodeSelector ${JSON.stringify(valueAt(podSpec, 'nodeSelector') ?? {})}`},
					...(isVolume
						? changeEvidence(volume)
						: changed.length > 0
							? changedFields(given, change, changed)
							: changeEvidence(workload, place)),
				],
				remedies: change === undefined || isVolume ? [] : backRemedy(given, change, changed),
			},
		];
	});
}

const troubles = new Set(['FailedAttachVolume', 'FailedMount']);

/** Volumes that cannot be attached or mounted, by the last word of the kubelet or the controller on a pod that waits for them. */
function mountCauses(survey: Survey): readonly Cause[] {
	const told = survey.all('Event').filter(event => troubles.has(textAt(event, 'reason') ?? ''));
	const byPod = Map.groupBy(
		told,
		event => `${textAt(event, 'involvedObject', 'namespace') ?? event.metadata.namespace} ${textAt(event, 'involvedObject', 'name')}`,
	);
	return [...byPod].flatMap(([key, events]): readonly Cause[] => {
		const [namespace = '', name = ''] = key.split(' ');
		const pod = survey.find('Pod', namespace, name);
		const message = textAt(events.at(-1), 'message') ?? '';
		// A ConfigMap or Secret that is not there is told with who names it.
		if (pod === undefined || isReady(pod) || /(?:configmap|secret)s? "[^"]+" not found|not registered/i.test(message)) return [];
		const claims = listAt(pod, 'spec', 'volumes').flatMap(
			volume => survey.find('PersistentVolumeClaim', namespace, textAt(volume, 'persistentVolumeClaim', 'claimName') ?? '') ?? [],
		);
		const [claim] = claims.filter(each => message.includes(textAt(each, 'spec', 'volumeName') ?? '?')).concat(claims);
		if (claim === undefined) return [];
		const [what, who] = [refText(refOf(claim)), refText(refOf(pod))];
		return [
			{
				id: 'volume-not-mounted',
				resource: refOf(claim),
				path: 'spec.volumeName',
				hurts: [refOf(survey.topOf(pod))],
				cause: {en: `${what} cannot be attached or mounted for ${who}`, ko: `${who}에 ${what}을(를) 연결하지 못합니다`},
				evidence: [{source: `Event of ${who}`, detail: shortLine(message, 300)}],
				remedies: [],
			},
		];
	});
}

/** Of several default classes the newest one counts, which nobody expects. */
function defaultCauses(survey: Survey): readonly Cause[] {
	const classes = survey.all('StorageClass').filter(isDefaultClass);
	const [newest] = classes.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '', 'en'));
	if (newest === undefined || classes.length < 2) return [];
	const names = classes.map(({metadata}) => metadata.name).join(', ');
	return [
		{
			id: 'several-default-classes',
			resource: refOf(newest),
			path: 'metadata.annotations[storageclass.kubernetes.io/is-default-class]',
			cause: {
				en: `StorageClasses ${names} are all the default one: new claims take ${newest.metadata.name}`,
				ko: `기본 StorageClass가 여러 개입니다(${names}): 새 클레임은 ${newest.metadata.name}을(를) 씁니다`,
			},
			evidence: classes.map(each => ({source: refText(refOf(each)), detail: 'is-default-class true'})),
			remedies: [],
		},
	];
}

/** Claims that are bound and do not do what they are for. */
export const claimFaults: Analyzer = survey => [
	...survey.all('PersistentVolumeClaim').flatMap(claim => [...lostCause(claim, survey), ...resizeCause(claim, survey)]),
	...startingWorkloads(survey).flatMap(workload => reachCauses(workload, survey)),
	...mountCauses(survey),
	...defaultCauses(survey),
];
