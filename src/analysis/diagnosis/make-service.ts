import type {JsonObject} from '../../core/json.ts';
import {objectAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {declaredPorts} from '../coherence/workload-set.ts';
import type {Remedy} from './cause.ts';

/** Whoever asks by a name is given it; a single port may be without. */
const portName = (own: string, asked = own): JsonObject => (asked === '' ? {} : {name: asked});

/** A Service for a workload by its own selector, with a port for each that its containers have. */
export function makeService(
	workload: KubeObject,
	name: string,
	rest: {readonly port?: number | undefined; readonly portName?: string | undefined; readonly isHeadless?: boolean; readonly sure: boolean},
): Remedy | undefined {
	const selector = objectAt(workload, 'spec', 'selector', 'matchLabels');
	const ports = declaredPorts(podSpecOf(workload));
	const single = ports.length === 1 ? ports[0] : ports.find(({number}) => number === rest.port);
	const wanted =
		rest.port === undefined || single === undefined ? ports.map(port => ({...port, port: port.number})) : [{...single, port: rest.port}];
	if (Object.keys(selector).length === 0 || wanted.length === 0) return undefined;
	const named = wanted.map(
		({name: own, number, port, protocol}): JsonObject => ({
			...portName(own === '' ? (wanted.length === 1 ? '' : `port-${number}`) : own, wanted.length === 1 ? rest.portName : undefined),
			port,
			targetPort: own === '' ? number : own,
			...(protocol === undefined || protocol === 'TCP' ? {} : {protocol}),
		}),
	);
	const manifest = {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name, namespace: workload.metadata.namespace ?? ''},
		spec: {...(rest.isHeadless === true ? {clusterIP: 'None'} : {}), selector, ports: named},
	};
	const who = refText(refOf(workload));
	return {
		tool: 'resource_apply',
		input: {manifest: JSON.stringify(manifest)},
		side: 'service',
		sure: rest.sure,
		text: {en: `Create Service ${name} for the pods of ${who}`, ko: `${who}의 파드를 위한 서비스 ${name}을(를) 만듭니다`},
	};
}
