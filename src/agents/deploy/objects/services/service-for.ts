import {MkcoaError} from '../../../../core/error.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {objectsAt, textMapAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {ServicePort} from './service-ports.ts';

export const serviceTypes = ['ClusterIP', 'Headless', 'NodePort', 'LoadBalancer'] as const;

/**
 * What a Service selects to find a workload's pods: its own selector, as far as a plain map can say it.
 * @throws `no-pods` for what runs none, `no-selector` where no label of its pods is its own
 */
export function podLabelsOf(workload: KubeObject): {readonly [key: string]: string} {
	const name = refText(refOf(workload));
	const path = templatePath(workload);
	if (path === undefined || wordAt(workload, 'kind') === 'Pod')
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-pods',
			what: `${name} runs no pods that a Service could find for long`,
			next: 'Name a Deployment, StatefulSet or DaemonSet',
		});
	const labels = textMapAt(workload, ...path, 'metadata', 'labels');
	const keys = objectsAt(workload, 'spec', 'selector', 'matchExpressions').map(expression => wordAt(expression, 'key'));
	const selector = {
		...textMapAt(workload, 'spec', 'selector', 'matchLabels'),
		...Object.fromEntries(keys.flatMap(key => (labels[key] === undefined ? [] : [[key, labels[key]]]))),
	};
	if (Object.keys(selector).length > 0) return selector;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-selector',
		what: `The pods of ${name} have no label by which a Service could find them`,
		why: 'its selector names none that they carry',
		next: 'Give its pod template a label of its own',
	});
}

type Words = {
	readonly name: string;
	readonly namespace: string;
	readonly selector: {readonly [key: string]: string};
	readonly ports: readonly ServicePort[];
	readonly type: (typeof serviceTypes)[number];
};

export const serviceManifest = ({name, namespace, selector, ports, type}: Words): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name, namespace, labels: selector},
	spec: {
		type: type === 'Headless' ? 'ClusterIP' : type,
		...(type === 'Headless' ? {clusterIP: 'None'} : {}),
		selector,
		ports: ports.map(({name: portName, port, target}) => ({name: portName, port, targetPort: target, protocol: 'TCP'})),
	},
});

/** Whether a Service does what another manifest asks for: the same pods at the same ports. */
export function isSameService(live: KubeObject, wanted: KubeObject): boolean {
	const essence = (service: KubeObject) =>
		JSON.stringify([
			wordAt(service, 'spec', 'type') || 'ClusterIP',
			wordAt(service, 'spec', 'clusterIP') === 'None',
			Object.entries(textMapAt(service, 'spec', 'selector')).toSorted(),
			objectsAt(service, 'spec', 'ports').map(port => [port.port, valueAt(port, 'targetPort') ?? port.port]),
		]);
	return essence(live) === essence(wanted);
}
