import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

/** A port of a container by its name, and where it stands. */
type Named = {readonly placed: PlacedContainer; readonly number: number; readonly place: Exchange['path']};

const protocolOf = (port: Json) => textAt(port, 'protocol') ?? 'TCP';

/**
 * Ports of one name in the order in which the endpoints controller looks for them: those of the containers, then those of sidecars among the init containers.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/api/v1/pod/util.go
 */
function portsNamed(name: string, protocol: string, containers: readonly PlacedContainer[]): readonly Named[] {
	const isMain = ({place}: PlacedContainer) => place.includes('containers');
	return [...containers.filter(isMain), ...containers.filter(each => !isMain(each))]
		.filter(({isInit}) => !isInit)
		.flatMap(placed =>
			listAt(placed.container, 'ports').flatMap((port, index) => {
				const number = numberAt(port, 'containerPort');
				return textAt(port, 'name') === name && protocolOf(port) === protocol && number !== undefined
					? [{placed, number, place: [...placed.place, 'ports', index]}]
					: [];
			}),
		);
}

/** The number that the name stood for in the revision before. */
function formerNumber(name: string, protocol: string, {change, workload}: Subject): number | undefined {
	const template = change()?.earlier.template;
	if (template === undefined) return undefined;
	const [first] = portsNamed(name, protocol, placedContainers({...workload, kind: 'ReplicaSet', spec: {template}}));
	return first?.number;
}

/** The port that the Service is for: that of before, or that of the container which has the name of its workload or of the Service. */
function meantPort(name: string, protocol: string, ports: readonly Named[], service: KubeObject, subject: Subject) {
	const former = formerNumber(name, protocol, subject);
	const before = ports.find(({number}) => number === former);
	if (before !== undefined) return {port: before, isFormer: true};
	const names = [subject.workload.metadata.name, service.metadata.name];
	const own = ports.filter(({placed}) => names.includes(placed.name));
	const [only] = own;
	return only !== undefined && own.length === 1 ? {port: only, isFormer: false} : undefined;
}

/** What the same port of the same program is called in other workloads. */
const nameElsewhere = ({placed, number}: Named, taken: string, survey: Survey): string | undefined =>
	subjectsOf(survey)
		.flatMap(({containers}) => containers)
		.filter(({name}) => name === placed.name)
		.flatMap(({container}) => listAt(container, 'ports'))
		.flatMap(port => (numberAt(port, 'containerPort') === number ? (textAt(port, 'name') ?? []) : []))
		.find(name => name !== taken);

/** A name of at most 15 letters, as ports have. */
const ownName = ({placed, number}: Named, survey: Survey, taken: string) =>
	nameElsewhere({placed, number, place: []}, taken, survey) ??
	`${placed.name.slice(0, 14 - String(number).length).replace(/-$/, '')}-${number}`;

/** Another name for a port; what the container itself asks by the old one goes by number. */
function renaming({placed, number, place}: Named, from: string, to: string): readonly Exchange[] {
	const asked = ['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap(probe =>
		['httpGet', 'tcpSocket'].map(how => [probe, how, 'port']),
	);
	return [
		{path: [...place, 'name'], from, to},
		...asked
			.filter(steps => valueAt(placed.container, ...steps) === from)
			.map(steps => ({path: [...placed.place, ...steps], from, to: number})),
	];
}

function takenCause(service: KubeObject, port: Json, name: string, subject: Subject): readonly Cause[] {
	const {workload, survey, given, change} = subject;
	const protocol = protocolOf(port);
	const ports = portsNamed(name, protocol, subject.containers);
	const [led] = ports;
	const meant = led === undefined ? undefined : meantPort(name, protocol, ports, service, subject);
	if (led === undefined || meant === undefined || meant.port.number === led.number) return [];
	const to = ownName(led, survey, name);
	const [who, whose] = [refText(refOf(workload)), refText(refOf(service))];
	const changed = changesAt(change(), led.placed.place);
	return [
		{
			id: 'port-name-taken',
			resource: refOf(workload),
			path: fieldPath(workload, [...led.place, 'name']),
			hurts: [refOf(service)],
			cause: {
				en: `Containers ${led.placed.name} and ${meant.port.placed.name} of ${who} both call a port ${name}, and the first wins: ${whose} sends to ${led.number} in place of ${meant.port.number}`,
				ko: `${who}의 컨테이너 ${led.placed.name}와 ${meant.port.placed.name}가 모두 포트를 ${name}이라 불러 앞의 것이 쓰입니다: ${whose}가 ${meant.port.number} 대신 ${led.number}(으)로 보냅니다`,
			},
			evidence: [
				{source: whose, detail: `targetPort ${name}`},
				...ports.map(each => ({source: who, detail: `${fieldPath(workload, each.place)} ${each.number}`})),
				...(meant.isFormer ? [{source: who, detail: `the revision before had ${meant.port.number} under this name`}] : []),
				...changeEvidence(given(), change(), changed),
			],
			remedies: [
				exchange(workload, renaming(led, name, to), {
					side: 'workload',
					sure: meant.isFormer,
					text: {
						en: `Call port ${led.number} of container ${led.placed.name} of ${who} ${to}`,
						ko: `${who}의 컨테이너 ${led.placed.name}의 ${led.number} 포트 이름을 ${to}(으)로 바꿉니다`,
					},
				}),
			],
		},
	];
}

/** Services that go by the name of a port which another container of their pods has, too, and before. */
export function sharedPortNames(survey: Survey): readonly Cause[] {
	const {servicesOf} = routingOf(survey);
	return subjectsOf(survey).flatMap(subject => {
		const told = servicesOf(subject.workload).flatMap(service =>
			listAt(service, 'spec', 'ports').flatMap(port => {
				const name = valueAt(port, 'targetPort');
				return typeof name === 'string' ? takenCause(service, port, name, subject) : [];
			}),
		);
		// Several Services may go by one name.
		return [...new Map(told.map(cause => [cause.path, cause])).values()];
	});
}
