import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {backendCauses} from './backend-causes.ts';
import {backendsOf, type Case} from './case.ts';
import type {Cause} from './cause.ts';

/** An Ingress that sends to a Service, or to a port of one, that is not there. */
export function ingressCauses(ingress: KubeObject, {scene}: Case): readonly Cause[] {
	return backendsOf(ingress).flatMap(({service, port, place, path}) => {
		const field = typeof port === 'number' ? 'number' : 'name';
		return backendCauses(
			{
				holder: ingress,
				service,
				port,
				name: {path: `${path}.name`, place: [...place, 'name']},
				portAt: {
					path: `${path}.port.${field}`,
					place: [...place, 'port'],
					from: valueAt({port: {[field]: port}}, 'port'),
					to: number => ({number}),
				},
				ids: {service: 'ingress-service-not-there', port: 'ingress-port-not-there'},
			},
			scene,
		);
	});
}
