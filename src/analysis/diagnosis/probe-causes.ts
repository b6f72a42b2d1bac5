import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Case} from './case.ts';
import type {Cause} from './cause.ts';
import {exchange} from './patch-remedy.ts';

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const hows = ['httpGet', 'tcpSocket', 'grpc'] as const;

type Asked = {readonly probe: string; readonly how: string; readonly port: Json; readonly container: Json; readonly index: number};

const askedOf = (podSpec: Json): readonly Asked[] =>
	listAt(podSpec, 'containers').flatMap((container, index) =>
		probes.flatMap(probe =>
			hows.flatMap(how => {
				const port = valueAt(container, probe, how, 'port');
				return port === undefined ? [] : [{probe, how, port, container, index}];
			}),
		),
	);

const declared = (container: Json) =>
	listAt(container, 'ports').map(port => ({name: textAt(port, 'name') ?? '', number: numberAt(port, 'containerPort') ?? 0}));

/** The port that was meant: the only one, that of another probe, or the one called http. */
function meantPort({container, probe}: Asked): number | undefined {
	const ports = declared(container);
	if (ports.length === 1) return ports[0]?.number;
	const others = askedOf({containers: [container]}).filter(each => each.probe !== probe);
	const used = others.map(({port}) => ports.find(each => each.number === port || each.name === port)).find(found => found !== undefined);
	return used?.number ?? ports.find(({name}) => /^https?$/.test(name))?.number;
}

function portCause(asked: Asked, workload: KubeObject): Cause | undefined {
	const ports = declared(asked.container);
	const {probe, how, port, index} = asked;
	if (ports.length === 0 || ports.some(({name, number}) => number === port || name === port)) return undefined;
	const have = ports.map(({name, number}) => (name === '' ? String(number) : `${number} (${name})`)).join(', ');
	const name = textAt(asked.container, 'name');
	const meant = meantPort(asked);
	const place = [...(templatePath(workload) ?? []), 'spec', 'containers', index, probe, how, 'port'];
	return {
		id: 'probe-port-not-there',
		resource: refOf(workload),
		cause: {
			en: `The ${probe} of container ${name} asks port ${port}, and the container listens on ${have}`,
			ko: `컨테이너 ${name}의 ${probe}가 ${port} 포트를 확인하는데 컨테이너는 ${have}에서 듣습니다`,
		},
		evidence: [{source: refText(refOf(workload)), detail: `${probe}.${how}.port ${port}, containerPort ${have}`}],
		remedies:
			meant === undefined
				? []
				: [
						exchange(workload, [{path: place, from: port, to: meant}], {
							side: 'workload',
							sure: true,
							text: {
								en: `Set the port of the ${probe} of ${refText(refOf(workload))} to ${meant}`,
								ko: `${refText(refOf(workload))}의 ${probe} 포트를 ${meant}(으)로 바꿉니다`,
							},
						}),
					],
	};
}

/** `Readiness probe failed: …` */
const failedProbe = /^(Startup|Readiness|Liveness) probe (failed|errored)/;

/** What the kubelet was answered; of a wrong port the cause is told already. */
function answerCauses({events, workload, podSpec}: Case): readonly Cause[] {
	if (workload === undefined) return [];
	const told = events.filter(event => failedProbe.test(textAt(event, 'message') ?? ''));
	const byProbe = Map.groupBy(told, event => failedProbe.exec(textAt(event, 'message') ?? '')?.[1]?.toLowerCase() ?? '');
	return [...byProbe].map(([word, list]): Cause => {
		const message = oneLine(textAt(list.at(-1), 'message') ?? '').slice(0, 240);
		const isHttps = /HTTP request to an HTTPS server/i.test(message);
		const asked = askedOf(podSpec).find(each => each.probe === `${word}Probe`);
		const path = textAt(asked?.container, `${word}Probe`, 'httpGet', 'path');
		const about = /statuscode: 404/.test(message) ? {en: ` Path ${path} is not there.`, ko: ` ${path} 경로가 없습니다.`} : {en: '', ko: ''};
		const place = [...(templatePath(workload) ?? []), 'spec', 'containers', asked?.index ?? 0, `${word}Probe`, 'httpGet', 'scheme'];
		const scheme = valueAt(asked?.container, `${word}Probe`, 'httpGet', 'scheme');
		return {
			id: 'probe-fails',
			resource: refOf(workload),
			cause: {en: `The ${word} probe fails.${about.en}`, ko: `${word} 프로브가 실패합니다.${about.ko}`},
			evidence: [{source: `Event ${textAt(list.at(-1), 'involvedObject', 'name')}`, detail: message}],
			remedies:
				isHttps && asked !== undefined
					? [
							exchange(workload, [{path: place, from: scheme, to: 'HTTPS'}], {
								side: 'workload',
								sure: true,
								text: {en: `Let the ${word} probe ask over HTTPS`, ko: `${word} 프로브가 HTTPS로 묻게 합니다`},
							}),
						]
					: [],
		};
	});
}

/** Probes that ask where nobody answers. */
export function probeCauses(given: Case): readonly Cause[] {
	const {workload, podSpec} = given;
	if (workload === undefined) return [];
	const ports = askedOf(podSpec).flatMap(asked => portCause(asked, workload) ?? []);
	return ports.length > 0 ? ports : answerCauses(given);
}
