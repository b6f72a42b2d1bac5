import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {backendsOf, type Case, isUnread, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';

type Backend = ReturnType<typeof backendsOf>[number];

function lostService(ingress: KubeObject, {service, place}: Backend, services: readonly string[]): Cause {
	const name = refText(refOf(ingress));
	const meant = meantName(service, services);
	return {
		id: 'ingress-service-not-there',
		resource: refOf(ingress),
		cause: {en: `${name} sends to Service ${service}, which is not there`, ko: `${name}가 보내는 서비스 ${service}가 없습니다`},
		evidence: [{source: name, detail: `backend ${service}`}],
		remedies:
			meant === undefined
				? []
				: [
						exchange(ingress, [{path: [...place, 'name'], from: service, to: meant}], {
							side: 'ingress',
							sure: true,
							text: {en: `Make ${name} send to Service ${meant}`, ko: `${name}가 서비스 ${meant}로 보내게 합니다`},
						}),
					],
	};
}

function lostPort(ingress: KubeObject, {service, port, place}: Backend, ports: readonly Json[]): Cause | undefined {
	if (port === undefined || ports.some(each => numberAt(each, 'port') === port || textAt(each, 'name') === port)) return undefined;
	const name = refText(refOf(ingress));
	const have = ports.map(each => numberAt(each, 'port')).join(', ');
	const meant = ports.length === 1 ? numberAt(ports[0], 'port') : undefined;
	return {
		id: 'ingress-port-not-there',
		resource: refOf(ingress),
		cause: {
			en: `${name} sends to port ${port} of Service ${service}, which has ${have}`,
			ko: `${name}가 서비스 ${service}의 ${port} 포트로 보내는데 서비스에는 ${have} 포트만 있습니다`,
		},
		evidence: [{source: name, detail: `backend ${service}:${port}`}],
		remedies:
			meant === undefined
				? []
				: [
						exchange(
							ingress,
							[{path: [...place, 'port'], from: {[typeof port === 'number' ? 'number' : 'name']: port}, to: {number: meant}}],
							{
								side: 'ingress',
								sure: true,
								text: {en: `Make ${name} send to port ${meant}`, ko: `${name}가 ${meant} 포트로 보내게 합니다`},
							},
						),
					],
	};
}

/** An Ingress that sends to a Service, or to a port of one, that is not there. */
export function ingressCauses(ingress: KubeObject, {scene}: Case): readonly Cause[] {
	if (isUnread(scene, 'Service')) return [];
	const services = ofKind(scene, 'Service');
	const names = services.map(({metadata}) => metadata.name);
	return backendsOf(ingress).flatMap(backend => {
		const found = services.find(({metadata}) => metadata.name === backend.service);
		return found === undefined ? lostService(ingress, backend, names) : (lostPort(ingress, backend, listAt(found, 'spec', 'ports')) ?? []);
	});
}
