import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {meantPorts} from './backend-port.ts';
import {backendsOf, isUnread, ofKind, type Scene} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import type {FaultId} from './classes/fault-classes.ts';
import {changeEvidence, isChangedLater, isChangedSinceMade} from './last-write.ts';
import {makeService} from './make-service.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';

/** That an Ingress or a route sends to a port of a Service, and where it says so. */
export type Backend = {
	readonly holder: KubeObject;
	readonly service: string;
	readonly port?: Json | undefined;
	/** Fields of the Service's name and port, for people and for a patch; the value that stands at the port's place, and what would for another port. */
	readonly name: {readonly path: string; readonly place: readonly (string | number)[]};
	readonly portAt: {
		readonly path: string;
		readonly place: readonly (string | number)[];
		readonly from: Json | undefined;
		readonly to: (port: number) => Json;
	};
	readonly ids: {readonly service: FaultId; readonly port: FaultId};
};

const serving = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The workload of the name of a Service that is not there, where no other Service leads to it: its Service has gone. */
export function orphan(service: string, scene: Scene): KubeObject | undefined {
	const workload = scene.objects.find(({kind, metadata}) => serving.has(kind) && metadata.name === service);
	if (workload === undefined) return undefined;
	const labels = valueAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');
	return ofKind(scene, 'Service').some(each => fitsMap(valueAt(each, 'spec', 'selector'), labels)) ? undefined : workload;
}

/** Nobody reaches the workload: whoever sends to its Service is right, and the Service is what is wrong. */
function goneService({holder, service, port, name: {path}}: Backend, workload: KubeObject): Cause {
	const [name, who] = [refText(refOf(holder)), refText(refOf(workload))];
	const made = makeService(workload, service, {
		port: typeof port === 'number' ? port : undefined,
		portName: typeof port === 'string' ? port : undefined,
		sure: true,
	});
	const {namespace} = holder.metadata;
	return {
		id: 'named-service-not-there',
		resource: {apiVersion: 'v1', kind: 'Service', ...(namespace === undefined ? {} : {namespace}), name: service},
		hurts: [refOf(holder), refOf(workload)],
		cause: {
			en: `${name} sends to Service ${service}, which is not there: ${who} runs, and no Service leads to it`,
			ko: `${name}가 보내는 서비스 ${service}가 없습니다: ${who}는 돌고 있지만 그리로 보내는 서비스가 없습니다`,
		},
		evidence: [
			{source: name, detail: `${path} ${service}`},
			{source: who, detail: 'no Service selects its pods'},
		],
		remedies: made === undefined ? [] : [made],
	};
}

/** Services that no Ingress of the scene sends to. */
const unsent = (services: readonly string[], holder: KubeObject, scene: Scene) => {
	const sent = new Set(ofKind(scene, 'Ingress').flatMap(each => backendsOf(each).map(({service}) => service)));
	return holder.kind === 'Ingress' ? services.filter(name => !sent.has(name)) : [];
};

/**
 * The Service that was meant: of a near name, or the one that shares the stem of the name, or that of whoever sends, which is sure where that was changed since it
 * was made; else the only one that nobody sends to.
 */
function meantService({holder, service}: Backend, services: readonly string[], scene: Scene) {
	const near = meantName(service, services);
	if (near !== undefined) return {name: near, sure: true};
	const related = services.filter(each => each.startsWith(`${service}-`) || service.startsWith(`${each}-`));
	const former = related.length === 1 ? related[0] : services.find(each => each === holder.metadata.name);
	if (former !== undefined) return {name: former, sure: isChangedSinceMade(holder)};
	const [only, ...others] = unsent(services, holder, scene);
	return only === undefined || others.length > 0 ? undefined : {name: only, sure: false};
}

function lostService(backend: Backend, services: readonly string[], scene: Scene): Cause {
	const {
		holder,
		service,
		name: {path, place},
		ids,
	} = backend;
	const name = refText(refOf(holder));
	const meant = meantService(backend, services, scene);
	return {
		id: ids.service,
		resource: refOf(holder),
		path,
		cause: {en: `${name} sends to Service ${service}, which is not there`, ko: `${name}가 보내는 서비스 ${service}가 없습니다`},
		evidence: [{source: name, detail: `backend ${service}`}, ...changeEvidence(holder)],
		remedies:
			meant === undefined
				? []
				: [
						exchange(holder, [{path: place, from: service, to: meant.name}], {
							side: 'ingress',
							sure: meant.sure,
							text: {en: `Make ${name} send to Service ${meant.name}`, ko: `${name}가 서비스 ${meant.name}로 보내게 합니다`},
						}),
					],
	};
}

/** Gives a Service the number or the name of a port back by which others ask for it. */
function servicePortRemedy(service: KubeObject, meant: Json | undefined, port: Json, sure: boolean): readonly Remedy[] {
	const index = meant === undefined ? -1 : listAt(service, 'spec', 'ports').indexOf(meant);
	if (meant === undefined || index === -1 || (typeof port !== 'number' && typeof port !== 'string')) return [];
	const field = typeof port === 'number' ? 'port' : 'name';
	const name = refText(refOf(service));
	const isMoved = field === 'port' && valueAt(meant, 'targetPort') === undefined;
	return [
		exchange(
			service,
			[
				{path: ['spec', 'ports', index, field], from: valueAt(meant, field), to: port},
				...(isMoved ? [{path: ['spec', 'ports', index, 'targetPort'], to: numberAt(meant, 'port')}] : []),
			],
			{
				side: 'service',
				sure,
				text: {en: `Set the ${field} of the port of ${name} to ${port}`, ko: `${name} 포트의 ${field}을(를) ${port}(으)로 바꿉니다`},
			},
		),
	];
}

/** Makes whoever sends send to a port that the Service has. */
function holderRemedy({holder, portAt: asked}: Backend, meant: Json, sure: boolean): readonly Remedy[] {
	const to = numberAt(meant, 'port');
	if (to === undefined) return [];
	const name = refText(refOf(holder));
	return [
		exchange(holder, [{path: asked.place, from: asked.from, to: asked.to(to)}], {
			side: 'ingress',
			sure,
			text: {en: `Make ${name} send to port ${to}`, ko: `${name}가 ${to} 포트로 보내게 합니다`},
		}),
	];
}

function lostPort(backend: Backend, found: KubeObject, scene: Scene): readonly Cause[] {
	const {holder, service, port, portAt: asked, ids} = backend;
	const ports = listAt(found, 'spec', 'ports');
	if (port === undefined || ports.some(each => numberAt(each, 'port') === port || textAt(each, 'name') === port)) return [];
	const name = refText(refOf(holder));
	const have = ports.map(each => [numberAt(each, 'port'), textAt(each, 'name')].filter(part => part !== undefined).join(' ')).join(', ');
	const meant = meantPorts({holder, service, port}, found, scene);
	const [only] = meant.sure ? meant.ports : [];
	const isServices = isChangedLater(found, holder);
	const field = typeof port === 'number' ? 'port' : 'name';
	const portAt = only === undefined ? 'spec.ports' : `spec.ports[${textAt(only, 'name') ?? numberAt(only, 'port')}].${field}`;
	// A Service of several ports was made anew by somebody who knows them: who sends to it follows.
	const isBack = isServices && ports.length === 1;
	const onHolder = meant.ports.flatMap((each, index) => holderRemedy(backend, each, meant.sure && index === 0 && !isBack));
	const back = isServices ? servicePortRemedy(found, only, port, isBack) : [];
	return [
		{
			id: ids.port,
			resource: refOf(isServices ? found : holder),
			path: isServices ? portAt : asked.path,
			hurts: [refOf(holder), refOf(found)],
			cause: {
				en: `${name} sends to port ${port} of Service ${service}, which has ${have}`,
				ko: `${name}가 서비스 ${service}의 ${port} 포트로 보내는데 서비스에는 ${have} 포트만 있습니다`,
			},
			evidence: [
				{source: name, detail: `backend ${service}:${port}`},
				{source: refText(refOf(found)), detail: `ports ${have}`},
				...changeEvidence(isServices ? found : holder),
			],
			remedies: isBack ? [...back, ...onHolder] : [...onHolder.slice(0, 1), ...back, ...(only === undefined ? onHolder.slice(1) : [])],
		},
	];
}

/** A Service, or a port of one, that somebody sends to and that is not there. The scene is that of the Service's namespace. */
export function backendCauses(backend: Backend, scene: Scene): readonly Cause[] {
	if (isUnread(scene, 'Service')) return [];
	const services = ofKind(scene, 'Service');
	const found = services.find(({metadata}) => metadata.name === backend.service);
	if (found !== undefined) return lostPort(backend, found, scene);
	const workload = isUnread(scene, 'Deployment') ? undefined : orphan(backend.service, scene);
	const names = services.map(({metadata}) => metadata.name);
	return [workload === undefined ? lostService(backend, names, scene) : goneService(backend, workload)];
}
