import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {type DeclaredPort, declaredPorts} from '../../../coherence/workload-set.ts';
import {addressNumber} from '../../../network/ipv4.ts';
import type {PodSide} from '../../../network/policy-match.ts';
import {type Mention, mentionsIn, namingWorkloads} from '../../mentions/mentions.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {handedOn} from './ingress-flows.ts';

/** One end of a connection that should come about. */
export type FlowEnd = PodSide & {readonly workload?: KubeObject | undefined; readonly text: string};

/** A connection that a workload needs: to pods of a Service that it is told of or hands on to, or to DNS. One of the ports is enough. */
export type Flow = {
	readonly client: FlowEnd;
	readonly server: FlowEnd;
	readonly ports: readonly DeclaredPort[];
	readonly isDns: boolean;
	/** Where the client is told of it. */
	readonly mention?: Mention | undefined;
};

const labelsOfNamespace = (name: string, survey: Survey) => ({
	...survey.find('Namespace', undefined, name)?.metadata.labels,
	'kubernetes.io/metadata.name': name,
});

/** Thousands of mentions have the same few ends. */
const endsIn = oncePerSurvey((survey: Survey) =>
	oncePerObject((workload: KubeObject): FlowEnd => {
		const namespace = workload.metadata.namespace ?? '';
		return {
			workload,
			namespace,
			namespaceLabels: labelsOfNamespace(namespace, survey),
			labels: templateLabels(workload) ?? {},
			addresses: addressesOf(workload, survey),
			text: refText(refOf(workload)),
		};
	}),
);

const endOf = (workload: KubeObject, survey: Survey): FlowEnd => endsIn(survey)(workload);

/** Addresses of the pods that run; none are told where one has that of its node, or none in this form. */
function addressesOf(workload: KubeObject, survey: Survey): readonly number[] {
	if (valueAt(podSpecOf(workload), 'hostNetwork') === true) return [];
	const ips = survey.podsOf(workload).flatMap(pod => textAt(pod, 'status', 'podIP') ?? []);
	const known = ips.flatMap(each => addressNumber(each) ?? []);
	return known.length === ips.length ? known : [];
}

/** Ports of the pods that a Service's ports lead to. */
function podPorts(service: KubeObject, workload: KubeObject, asked: number | undefined): readonly DeclaredPort[] {
	const declared = declaredPorts(podSpecOf(workload));
	const all = listAt(service, 'spec', 'ports');
	const isHeadless = textAt(service, 'spec', 'clusterIP') === 'None';
	const named = asked === undefined ? all : all.filter(each => numberAt(each, 'port') === asked);
	const led = named.flatMap((each): readonly DeclaredPort[] => {
		const target = valueAt(each, 'targetPort') ?? numberAt(each, 'port');
		const found = declared.find(({name, number}) => name === target || number === target);
		if (found !== undefined) return [found];
		return typeof target === 'number' ? [{name: '', number: target, protocol: textAt(each, 'protocol') ?? 'TCP'}] : [];
	});
	return led.length === 0 && isHeadless && asked !== undefined ? [{name: '', number: asked, protocol: 'TCP'}] : led;
}

/** Labels that the pods of DNS have where nobody can look: those of the charts and distributions that there are. */
const usualDns = {'k8s-app': 'kube-dns', 'app.kubernetes.io/name': 'coredns', app: 'coredns'};

/** DNS of the cluster; undefined where it is of another make, with a namespace and a port of its own. */
function dnsEnd(survey: Survey): FlowEnd | undefined {
	if (survey.find('Namespace', undefined, 'openshift-dns') !== undefined) return undefined;
	const service = survey.find('Service', 'kube-system', 'kube-dns');
	const [workload] = service === undefined ? [] : routingOf(survey).behind(service);
	return {
		namespace: 'kube-system',
		namespaceLabels: labelsOfNamespace('kube-system', survey),
		labels: (workload === undefined ? valueAt(service, 'spec', 'selector') : templateLabels(workload)) ?? usualDns,
		text: 'DNS',
	};
}

/** Every connection that is known to be needed. */
export function flowsIn(survey: Survey): readonly Flow[] {
	const routing = routingOf(survey);
	const between = mentionsIn(survey).flatMap(mention => {
		const service = survey.find('Service', mention.namespace, mention.service);
		if (service === undefined) return [];
		const asked =
			mention.isImplied === true && listAt(service, 'spec', 'ports').every(each => numberAt(each, 'port') !== mention.port)
				? undefined
				: mention.port;
		return routing.behind(service).flatMap((workload): readonly Flow[] => {
			const ports = podPorts(service, workload, asked);
			return ports.length === 0 || workload === mention.workload
				? []
				: [{client: endOf(mention.workload, survey), server: endOf(workload, survey), ports, isDns: false, mention}];
		});
	});
	const dns = dnsEnd(survey);
	const asking = namingWorkloads(survey).flatMap((workload): readonly Flow[] =>
		dns === undefined
			? []
			: [{client: endOf(workload, survey), server: dns, ports: [{name: 'dns', number: 53, protocol: 'UDP'}], isDns: true}],
	);
	const handed = handedOn(survey).flatMap(({controller, service, port, workload}): readonly Flow[] => {
		const ports = podPorts(service, workload, port);
		return ports.length === 0 ? [] : [{client: endOf(controller, survey), server: endOf(workload, survey), ports, isDns: false}];
	});
	return [...asking, ...between, ...handed];
}
