import type {Json} from '../../../../core/json.ts';
import {isImageReference} from '../../../../core/kube/image-reference.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {oneLine} from '../../../../core/text/one-line.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {rootCause, runsAsRoot} from '../../../diagnosis/root-cause.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';
import {bytesOf, leastBytes, smallUnits} from './small-units.ts';

/** An image that no kubelet can read the name of. */
function imageName({workload, given, change, gravity}: Subject, {name, container, place}: PlacedContainer): readonly Cause[] {
	const image = textAt(container, 'image');
	if (image === undefined || isImageReference(image)) return [];
	const at = [...place, 'image'];
	const back = changesAt(change(), at);
	return [
		{
			id: 'image-name-invalid',
			resource: refOf(workload),
			path: fieldPath(workload, at),
			severity: gravity('high'),
			cause: {
				en: `The image ${oneLine(image)} of container ${name} is no image name: no node can pull it`,
				ko: `컨테이너 ${name}의 이미지 ${oneLine(image)}: 올바른 이미지 이름이 아니라 받을 수 없습니다`,
			},
			evidence: [{source: refText(refOf(workload)), detail: `image ${oneLine(image)}`}, ...changeEvidence(given(), change(), back)],
			remedies: backRemedy(given(), change(), back),
		},
	];
}

/** Containers of a pod share one network: the second that opens a port cannot. */
function samePorts(subject: Subject): readonly Cause[] {
	const {workload, podSpec, containers, given, change, isWell, fresh, gravity} = subject;
	if (listAt(podSpec, 'containers').length + listAt(podSpec, 'initContainers').length < 2) return [];
	const seen = new Map<string, string>();
	return containers
		.filter(({isInit}) => !isInit)
		.flatMap(({name, container, place}) =>
			listAt(container, 'ports').flatMap((port, index): readonly Cause[] => {
				const number = numberAt(port, 'containerPort');
				const key = `${number}/${textAt(port, 'protocol') ?? 'TCP'}`;
				const other = seen.get(key);
				if (other === undefined || other === name) {
					seen.set(key, name);
					return [];
				}
				const at = [...place, 'ports', index, 'containerPort'];
				const changed = changesAt(change(), place);
				return [
					{
						id: 'containers-share-port',
						resource: refOf(workload),
						path: fieldPath(workload, at),
						// Pods that run with it show that one of the two does not open it after all.
						severity: isWell && fresh(place).length === 0 ? 'low' : gravity('medium'),
						cause: {
							en: `Containers ${other} and ${name} both listen on port ${number}: only one of them can`,
							ko: `컨테이너 ${other}와 ${name}가 모두 ${number} 포트에서 듣습니다: 둘 중 하나만 열 수 있습니다`,
						},
						evidence: [
							{source: refText(refOf(workload)), detail: `containerPort ${number} of ${other} and of ${name}`},
							...changeEvidence(given(), change(), changed),
						],
						remedies: backRemedy(given(), change(), changesAt(change(), at)),
					},
				];
			}),
		);
}

const units: {readonly [letter: string]: number} = {'': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40};

type Heap = {readonly bytes: number; readonly text: string; readonly path: readonly (string | number)[]; readonly value: string};

/** What programs are told of how much memory they may take for themselves. */
function heapIn(value: Json | undefined, path: Heap['path'], name = ''): readonly Heap[] {
	if (typeof value !== 'string') return [];
	const java = /-Xmx(\d+)([kKmMgGtT]?)\b/.exec(value);
	if (java !== null) return [{bytes: Number(java[1]) * (units[(java[2] ?? '').toLowerCase()] ?? 1), text: java[0], path, value}];
	const node = /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(value);
	if (node !== null) return [{bytes: Number(node[1]) * 2 ** 20, text: node[0], path, value}];
	const go = name === 'GOMEMLIMIT' ? /^(\d+)(?:([KMGT])iB|B)?$/.exec(value) : null;
	return go === null ? [] : [{bytes: Number(go[1]) * (units[(go[2] ?? '').toLowerCase()] ?? 1), text: `GOMEMLIMIT ${value}`, path, value}];
}

/** More than the memory limit of their container. */
const heapsOver = oncePerObject(({container, place}: PlacedContainer): readonly Heap[] => {
	const most = bytesOf(valueAt(container, 'resources', 'limits', 'memory'));
	if (most === undefined || most < leastBytes) return [];
	const heaps = [
		...listAt(container, 'env').flatMap((each, index) =>
			heapIn(valueAt(each, 'value'), [...place, 'env', index, 'value'], textAt(each, 'name')),
		),
		...['command', 'args'].flatMap(list => listAt(container, list).flatMap((each, index) => heapIn(each, [...place, list, index]))),
	];
	return heaps.filter(({bytes}) => bytes > most);
});

/** A program that may take more than its container is given is killed once it does. */
function heapOverLimit({workload, given, change}: Subject, placed: PlacedContainer): readonly Cause[] {
	const limit = valueAt(placed.container, 'resources', 'limits', 'memory') ?? null;
	return heapsOver(placed).map((heap): Cause => {
		const limitPlace = [...placed.place, 'resources', 'limits', 'memory'];
		const lowered = changesAt(change(), limitPlace);
		const raised = changesAt(change(), heap.path);
		const at = lowered.length > 0 && raised.length === 0 ? limitPlace : heap.path;
		const back = [...lowered, ...raised];
		const more = `${Math.ceil((heap.bytes * 1.25) / 2 ** 20)}Mi`;
		return {
			id: 'heap-over-limit',
			resource: refOf(workload),
			path: fieldPath(workload, at),
			cause: {
				en: `Container ${placed.name} may take ${heap.text} and has a memory limit of ${limit}: it is killed once it uses what it may`,
				ko: `컨테이너 ${placed.name}의 설정은 ${heap.text}인데 메모리 제한이 ${limit}입니다: 다 쓰면 종료됩니다`,
			},
			evidence: [
				{source: refText(refOf(workload)), detail: `${heap.text}, memory limit ${limit}`},
				...changeEvidence(given(), change(), back),
			],
			remedies: back.length > 0 ? backRemedy(given(), change(), back) : [raiseLimit(workload, limitPlace, limit, more)],
		};
	});
}

const raiseLimit = (workload: Subject['workload'], path: Heap['path'], from: Json, to: string): Remedy =>
	exchange(workload, [{path, from, to}], {
		side: 'workload',
		sure: false,
		amount: to,
		text: {
			en: `Set the memory limit of ${refText(refOf(workload))} to ${to}`,
			ko: `${refText(refOf(workload))}의 메모리 제한을 ${to}로 바꿉니다`,
		},
	});

/** What keeps containers from starting, or has them killed later, as their template says it. */
export const startFaults = (subject: Subject): readonly Cause[] => [
	...subject.containers.flatMap(placed => [
		...imageName(subject, placed),
		...(Object.keys(objectAt(placed.container, 'resources')).length === 0 ? [] : heapOverLimit(subject, placed)),
		...(runsAsRoot(subject.podSpec, placed.container)
			? [{...rootCause(subject.workload, subject.given(), placed, []), severity: subject.gravity('high')}]
			: []),
	]),
	...smallUnits(subject),
	...samePorts(subject),
];
