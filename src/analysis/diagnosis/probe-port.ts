import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import type {Cause} from './cause.ts';
import {type PlacedContainer, placedContainers} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {changesAt, type TemplateChange} from './template-change.ts';

export const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const hows = ['httpGet', 'tcpSocket', 'grpc'] as const;

/** A probe that asks a port. */
export type Asked = {readonly probe: string; readonly how: string; readonly port: Json; readonly placed: PlacedContainer};

/** Every probe of a workload that asks a port. */
const askedBy = (workload: KubeObject): readonly Asked[] =>
	placedContainers(workload).flatMap(placed =>
		probes.flatMap(probe =>
			hows.flatMap(how => {
				const port = valueAt(placed.container, probe, how, 'port');
				return port === undefined ? [] : [{probe, how, port, placed}];
			}),
		),
	);

const declared = (container: Json) =>
	listAt(container, 'ports').map(port => ({name: textAt(port, 'name') ?? '', number: numberAt(port, 'containerPort') ?? 0}));

/** The port that was meant: the only one, that of another probe, or the one called http. */
function meantPort({placed, probe}: Asked, all: readonly Asked[]): number | undefined {
	const ports = declared(placed.container);
	if (ports.length === 1) return ports[0]?.number;
	const others = all.filter(each => each.placed.place === placed.place && each.probe !== probe);
	const used = others.map(({port}) => ports.find(each => each.number === port || each.name === port)).find(found => found !== undefined);
	return used?.number ?? ports.find(({name}) => /^https?$/.test(name))?.number;
}

/** Probes whose port no container opens. A name is looked up in the own container, a number may be that of another one of the pod. */
export const strayProbes = oncePerObject((workload: KubeObject): readonly Asked[] => {
	const asked = askedBy(workload);
	if (asked.length === 0) return [];
	const numbers = new Set(placedContainers(workload).flatMap(({container}) => declared(container).map(({number}) => number)));
	return asked.filter(({port, placed}) => {
		const own = declared(placed.container);
		return typeof port === 'string'
			? !own.some(({name}) => name === port)
			: own.length > 0 && typeof port === 'number' && !numbers.has(port);
	});
});

/** A probe that asks a port which the container does not have: of the two, the one that was changed is wrong. */
export function probePortCause(asked: Asked, workload: KubeObject, change: TemplateChange | undefined): Cause {
	const {probe, how, port, placed} = asked;
	const ports = declared(placed.container);
	const have = ports.map(({name, number}) => (name === '' ? String(number) : `${number} (${name})`)).join(', ') || 'no port';
	const place = [...placed.place, probe, how, 'port'];
	const opened = changesAt(change, [...placed.place, 'ports']);
	const isImageNew = changesAt(change, [...placed.place, 'image']).length > 0;
	const isPortMoved = opened.length > 0 && changesAt(change, place).length === 0 && !isImageNew;
	const former = changesAt(change, place)[0]?.to;
	const meant = former ?? meantPort(asked, askedBy(workload));
	const name = refText(refOf(workload));
	return {
		id: 'probe-port-not-there',
		resource: refOf(workload),
		path: fieldPath(workload, isPortMoved ? (opened[0]?.path ?? place) : place),
		cause: {
			en: `The ${probe} of container ${placed.name} asks port ${port}, and the container listens on ${have}`,
			ko: `컨테이너 ${placed.name}의 ${probe}가 ${port} 포트를 확인하는데 컨테이너는 ${have}에서 듣습니다`,
		},
		evidence: [
			{source: name, detail: `${probe}.${how}.port ${port}, containerPort ${have}`},
			...(change === undefined || (former === undefined && !isPortMoved)
				? []
				: [{source: name, detail: `revision ${change.earlier.revision} had ${isPortMoved ? 'other ports' : `port ${String(former)}`}`}]),
		],
		remedies: isPortMoved
			? [
					exchange(workload, opened, {
						side: 'workload',
						sure: true,
						text: {
							en: `Set the ports of container ${placed.name} of ${name} back to those of revision ${change?.earlier.revision}`,
							ko: `${name}의 컨테이너 ${placed.name} 포트를 리비전 ${change?.earlier.revision}의 값으로 되돌립니다`,
						},
					}),
				]
			: meant === undefined
				? []
				: [
						exchange(workload, [{path: place, from: port, to: meant}], {
							side: 'workload',
							sure: true,
							text: {
								en: `Set the port of the ${probe} of ${name} to ${String(meant)}`,
								ko: `${name}의 ${probe} 포트를 ${String(meant)}(으)로 바꿉니다`,
							},
						}),
					],
	};
}
