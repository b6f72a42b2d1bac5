import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {allowing, type Peer, speakingOf, tcp, udp} from './policy-rules.ts';
import {type Around, type Checking, failed, notApplicable, notChecked, passed, type SetFinding} from './set-finding.ts';
import {declaredPorts, named, ofKind, type SetWorkload} from './workload-set.ts';

/** A pod that cannot resolve names reaches nothing, whatever else its policy lets out. */
function dnsCheck({ref, policies}: SetWorkload, {unread}: Around): SetFinding {
	const on = {id: 'dns-allowed', resource: ref, severity: 'critical'} as const;
	const limiting = speakingOf(policies, 'egress');
	if (limiting.length === 0) {
		const why = unread.get('networkpolicies');
		return why === undefined ? passed(on, 'No policy limits what its pods reach') : notChecked(on, why);
	}
	const system: Peer = {kind: 'namespace', name: 'kube-system', isOwn: false};
	const through = allowing(policies, 'egress', system, udp(53)) ?? [];
	if (through.length > 0) return passed(on, `${named(through)} lets its pods ask DNS`);
	return failed(on, {
		cause: `${named(limiting)} limits what its pods reach, and no policy lets them ask DNS: no name resolves`,
		fix: 'Allow egress to UDP and TCP port 53',
	});
}

/** Whether a peer reaches every port that it has to. */
function reach({podSpec, policies}: SetWorkload, on: Checking, who: string, peer: Peer, ports = declaredPorts(podSpec)): SetFinding {
	const [first] = ports;
	if (first === undefined) return notApplicable(on, 'its pods have no port');
	const blocked = ports.filter(port => allowing(policies, 'ingress', peer, tcp(port))?.length === 0);
	if (blocked.length === 0) return passed(on, `${who} reaches port ${someOf(ports.map(({number}) => String(number)))}`);
	const from = peer.kind === 'anybody' ? 'anybody' : `namespace ${peer.name}`;
	return failed(on, {
		cause: `${who} cannot reach port ${someOf(blocked.map(({number}) => String(number)))}: ${named(speakingOf(policies, 'ingress'))} does not let it in`,
		fix: `Allow ingress from ${from}`,
	});
}

/** The ports that a Prometheus asks by annotation; all of them where the pods name none. */
function scrapedPorts({object, podSpec}: SetWorkload) {
	const ports = declaredPorts(podSpec);
	const asked = textAt(valueAt(object, 'spec', 'template', 'metadata', 'annotations'), 'prometheus.io/port');
	const metrics = ports.filter(({name, number}) => String(number) === asked || /metrics|prometheus/.test(name));
	return metrics.length > 0 ? metrics : ports.slice(0, 1);
}

function scrapeChecks(workload: SetWorkload, {scrapers, namespace, unread}: Around): readonly SetFinding[] {
	const on = {id: 'scrape-allowed', resource: workload.ref, severity: 'medium'} as const;
	const why = unread.get('services') ?? unread.get('networkpolicies');
	if (why !== undefined) return [notChecked(on, why)];
	if (scrapers.length === 0) return [notApplicable(on, 'the cluster has no Prometheus that was found')];
	return scrapers.map(name =>
		reach(workload, on, `Prometheus in namespace ${name}`, {kind: 'namespace', name, isOwn: name === namespace}, scrapedPorts(workload)),
	);
}

/** Services that an Ingress or a route sends to. */
function backends(object: KubeObject): readonly string[] {
	const paths = listAt(object, 'spec', 'rules').flatMap(rule => listAt(rule, 'http', 'paths'));
	const refs = listAt(object, 'spec', 'rules').flatMap(rule => listAt(rule, 'backendRefs'));
	return [
		...paths.map(path => textAt(path, 'backend', 'service', 'name') ?? ''),
		...refs.map(ref => textAt(ref, 'name') ?? ''),
		textAt(object, 'spec', 'defaultBackend', 'service', 'name') ?? '',
	].filter(name => name !== '');
}

/** Where the controller of an Ingress runs is not known here: what is asked is whether anybody outside of the namespace comes in at all. */
function ingressCheck(workload: SetWorkload, set: readonly KubeObject[], around: Around): SetFinding {
	const on = {id: 'ingress-allowed', resource: workload.ref, severity: 'high'} as const;
	const names = workload.services.map(({metadata}) => metadata.name);
	const routes = ['Ingress', 'HTTPRoute']
		.flatMap(kind => ofKind(kind, set, around))
		.filter(route => backends(route).some(name => names.includes(name)));
	const [route] = routes;
	if (route === undefined) {
		const why = around.unread.get('ingresses');
		return why === undefined ? notApplicable(on, 'no Ingress or HTTPRoute sends to it') : notChecked(on, why);
	}
	const isOpen = declaredPorts(workload.podSpec).some(port => {
		const outside: readonly Peer[] = [{kind: 'anybody'}, {kind: 'namespace', name: 'ingress-nginx', isOwn: false}];
		return (
			outside.some(peer => (allowing(workload.policies, 'ingress', peer, tcp(port))?.length ?? 1) > 0) || letsOthersIn(workload, around)
		);
	});
	const who = refText(refOf(route));
	if (isOpen) return passed(on, `Requests of ${who} come in`);
	return failed(on, {
		cause: `${who} sends to it, and ${named(speakingOf(workload.policies, 'ingress'))} lets nobody in from outside of the namespace`,
		fix: "Allow ingress from the namespace of the Ingress or Gateway's pods",
	});
}

/** A rule that names another namespace may be meant for the controller. */
const letsOthersIn = ({policies}: SetWorkload, {namespace, scrapers}: Around) =>
	speakingOf(policies, 'ingress').some(policy =>
		listAt(policy, 'spec', 'ingress').some(rule =>
			listAt(rule, 'from').some(peer => {
				const named = textAt(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name');
				return valueAt(peer, 'namespaceSelector') !== undefined && named !== namespace && !scrapers.includes(named ?? '');
			}),
		),
	);

/** The kubelet's own requests pass every policy, but a probe must ask a port that is there. */
function probeCheck({ref, podSpec}: SetWorkload): SetFinding {
	const on = {id: 'probes-answered', resource: ref, severity: 'high'} as const;
	const ports = declaredPorts(podSpec);
	const probes = listAt(podSpec, 'containers').flatMap(container =>
		['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap(name => {
			const port = ['httpGet', 'tcpSocket', 'grpc'].map(how => valueAt(container, name, how, 'port')).find(found => found !== undefined);
			const isThere = typeof port === 'number' || ports.some(each => each.name === port);
			return valueAt(container, name) === undefined ? [] : [{name, isThere: port === undefined || isThere, port: String(port)}];
		}),
	);
	const lost = probes.filter(({isThere}) => !isThere);
	if (lost.length > 0)
		return failed(on, {
			cause: lost.map(({name, port}) => `its ${name} asks port ${port}, which no container names`).join('; '),
			fix: 'Ask a port that the container declares',
		});
	if (!probes.some(({name}) => name === 'readinessProbe'))
		return failed(
			{...on, severity: 'medium'},
			{
				cause: 'It has no readiness probe: its pods get requests before they can answer',
				fix: 'Add a readinessProbe',
			},
		);
	return passed(on, `Its probes ask ports that are there, and no policy holds back the kubelet's requests`);
}

/** Whether requests reach its pods, and names and probes reach what they ask. */
export const trafficCheck = (workload: SetWorkload, set: readonly KubeObject[], around: Around): readonly SetFinding[] => [
	dnsCheck(workload, around),
	...scrapeChecks(workload, around),
	ingressCheck(workload, set, around),
	...(declaredPorts(workload.podSpec).length === 0 ? [] : [probeCheck(workload)]),
];
