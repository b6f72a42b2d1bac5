import type {Json} from '../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {declaredPorts} from '../../coherence/workload-set.ts';
import {mentionsIn, namingsIn} from '../../detection/mentions/mentions.ts';
import {routingOf, templateLabels} from '../../detection/routing.ts';
import type {Survey} from '../../detection/survey.ts';
import {privateNetworks} from '../../network/ipv4.ts';
import {type Caller, type Flow, type FlowPort, namespaceOf, type OutsideFlow, protocolOf} from './flow.ts';

/** Namespaces that are known beside what a survey tells. */
export type Known = {
	/** In which a Prometheus runs. */
	readonly scrapers: readonly string[];
};

const textOf = (object: KubeObject) => refText(refOf(object));

/** Ports of the pods behind a Service; of one of its ports where that is named. */
function portsBehind(service: KubeObject, asked?: number | string): readonly FlowPort[] {
	const ports = listAt(service, 'spec', 'ports').map(each => objectAt(each));
	const fitting = ports.filter(port => asked === undefined || port.port === asked || port.name === asked);
	// A headless Service leads to whatever port is asked for: then the one that is named is that of the pods.
	const headless = textAt(service, 'spec', 'clusterIP') === 'None';
	if (fitting.length === 0 && typeof asked === 'number') return headless ? [{port: asked, protocol: 'TCP'}] : [];
	return fitting.flatMap(port => {
		const target = headless ? port.port : (port.targetPort ?? port.port);
		return typeof target === 'number' || typeof target === 'string' ? [{port: target, protocol: protocolOf(port)}] : [];
	});
}

const toService = (survey: Survey, service: KubeObject, from: Caller, because: string, asked?: number | string): readonly Flow[] => {
	const ports = portsBehind(service, asked);
	return ports.length === 0
		? []
		: routingOf(survey)
				.behind(service)
				.map(to => ({from, to, ports, because}));
};

/** Whom workloads are told of by name. */
const mentioned = (survey: Survey): readonly Flow[] =>
	mentionsIn(survey).flatMap(({workload, namespace, service: name, port}) => {
		const service = survey.find('Service', namespace, name);
		return service === undefined
			? []
			: toService(survey, service, {kind: 'workload', workload}, `${textOf(workload)} names ${textOf(service)}`, port);
	});

const controllers =
	/^(?:ingress-nginx|nginx-ingress|nginx-gateway|traefik|haproxy-ingress|kubernetes-ingress|contour|envoy|envoy-gateway|kong|emissary-ingress|istio-ingressgateway|cilium-ingress)/;

/** Namespaces whose Services bear the name of a program that brings requests in. */
const entrances = (survey: Survey): readonly Caller[] => {
	const names = survey
		.all('Service')
		.filter(({metadata}) => controllers.test(metadata.labels?.['app.kubernetes.io/name'] ?? '') || controllers.test(metadata.name))
		.map(namespaceOf);
	return [...new Set(names)].sort().map(name => ({kind: 'namespace', name}));
};

/** Services that an Ingress or a route sends requests to, with the port of each. */
function backendsOf(
	object: KubeObject,
): readonly {readonly name: string; readonly namespace: string; readonly port: number | string | undefined}[] {
	const own = namespaceOf(object);
	if (object.kind === 'Ingress') {
		const paths = listAt(object, 'spec', 'rules').flatMap(rule => listAt(rule, 'http', 'paths'));
		const backends = [valueAt(object, 'spec', 'defaultBackend'), ...paths.map(path => valueAt(path, 'backend'))];
		return backends.flatMap(backend => {
			const name = textAt(backend, 'service', 'name');
			const port = numberAt(backend, 'service', 'port', 'number') ?? textAt(backend, 'service', 'port', 'name');
			return name === undefined ? [] : [{name, namespace: own, port}];
		});
	}
	return listAt(object, 'spec', 'rules')
		.flatMap(rule => listAt(rule, 'backendRefs'))
		.flatMap(backend => {
			const name = textAt(backend, 'name');
			return name === undefined ? [] : [{name, namespace: textAt(backend, 'namespace') ?? own, port: numberAt(backend, 'port')}];
		});
}

/** Requests from outside. Where no program that brings them in is seen, any address may be it. */
function routed(survey: Survey): readonly Flow[] {
	const seen = entrances(survey);
	const routes = ['Ingress', 'HTTPRoute', 'GRPCRoute'].flatMap(kind => survey.all(kind));
	return routes.flatMap(route => {
		const gateways = listAt(route, 'spec', 'parentRefs').map(
			(parent): Caller => ({kind: 'namespace', name: textAt(parent, 'namespace') ?? namespaceOf(route)}),
		);
		const from: readonly Caller[] = seen.length === 0 ? [{kind: 'anywhere'}] : [...seen, ...gateways];
		return backendsOf(route).flatMap(({name, namespace, port}) => {
			const service = survey.find('Service', namespace, name);
			return service === undefined ? [] : from.flatMap(each => toService(survey, service, each, `${textOf(route)} leads to it`, port));
		});
	});
}

/** Services that the world, or the API server, asks itself. */
function open(survey: Survey): readonly Flow[] {
	const outside = survey.all('Service').filter(service => ['LoadBalancer', 'NodePort'].includes(textAt(service, 'spec', 'type') ?? ''));
	const asked = [
		...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap(kind =>
			survey
				.all(kind)
				.flatMap(holder => listAt(holder, 'webhooks').map(each => ({holder, service: valueAt(each, 'clientConfig', 'service')}))),
		),
		...survey.all('APIService').map(holder => ({holder, service: valueAt(holder, 'spec', 'service')})),
	];
	return [
		...outside.flatMap(service =>
			toService(survey, service, {kind: 'anywhere'}, `${textOf(service)} is of the type ${textAt(service, 'spec', 'type')}`),
		),
		...asked.flatMap(({holder, service: at}) => {
			const service = survey.find('Service', textAt(at, 'namespace'), textAt(at, 'name') ?? '');
			if (service === undefined) return [];
			return toService(survey, service, {kind: 'anywhere'}, `the API server asks it for ${textOf(holder)}`, numberAt(at, 'port') ?? 443);
		}),
	];
}

const isYes = (value: Json | undefined) => value === true || value === 'true';

const declaredTcp = (workload: KubeObject): readonly FlowPort[] =>
	declaredPorts(podSpecOf(workload)).flatMap(({number, protocol = 'TCP'}) => (protocol === 'TCP' ? [{port: number, protocol: 'TCP'}] : []));

/** Ports at which a workload is scraped: by annotations, or by a monitor of the operator that selects it. */
function scrapedPorts(workload: KubeObject, survey: Survey): readonly FlowPort[] {
	const tcp = (port: number | string): FlowPort => ({port, protocol: 'TCP'});
	const path = templatePath(workload) ?? [];
	const services = routingOf(survey).servicesOf(workload);
	const own = declaredPorts(podSpecOf(workload));
	const annotated = [
		objectAt(workload, ...path, 'metadata', 'annotations'),
		...services.map(each => objectAt(each, 'metadata', 'annotations')),
	]
		.filter(annotations => isYes(annotations['prometheus.io/scrape']))
		.flatMap(annotations => {
			const port = Number(annotations['prometheus.io/port']);
			return Number.isInteger(port) && port > 0 ? [tcp(port)] : own.map(({number}) => tcp(number));
		});
	const named = own.filter(({name}) => /metrics/.test(name)).map(({number}) => tcp(number));
	const space = (monitor: KubeObject) => {
		const names = listAt(monitor, 'spec', 'namespaceSelector', 'matchNames');
		return (
			valueAt(monitor, 'spec', 'namespaceSelector', 'any') === true ||
			(names.length === 0 ? namespaceOf(monitor) === namespaceOf(workload) : names.includes(namespaceOf(workload)))
		);
	};
	const byService = survey
		.all('ServiceMonitor')
		.flatMap(monitor =>
			services
				.filter(service => space(monitor) && fitsSelector(valueAt(monitor, 'spec', 'selector'), service.metadata.labels))
				.flatMap(service => listAt(monitor, 'spec', 'endpoints').flatMap(each => portsBehind(service, textAt(each, 'port')))),
		);
	const byPod = survey
		.all('PodMonitor')
		.filter(monitor => space(monitor) && fitsSelector(valueAt(monitor, 'spec', 'selector'), templateLabels(workload)))
		.flatMap(monitor =>
			listAt(monitor, 'spec', 'podMetricsEndpoints').flatMap(each =>
				textAt(each, 'port') === undefined ? [] : [tcp(textAt(each, 'port') ?? '')],
			),
		);
	return [...annotated, ...named, ...byService, ...byPod];
}

const scraped = (survey: Survey, {scrapers}: Known): readonly Flow[] =>
	survey.workloads().flatMap(to => {
		const marked = scrapedPorts(to, survey);
		// A Prometheus may find pods by rules of its own, which stand in its configuration: it goes on to reach what pods declare.
		const ports = marked.length > 0 || scrapers.length === 0 ? marked : declaredTcp(to);
		const from: readonly Caller[] = scrapers.length === 0 ? [{kind: 'cluster'}] : scrapers.map(name => ({kind: 'namespace', name}));
		return ports.length === 0 ? [] : from.map(each => ({from: each, to, ports, because: 'Prometheus reads its metrics'}));
	});

/** Pods of one workload that know each other by name. */
const amongThemselves = (survey: Survey): readonly Flow[] =>
	survey
		.all('Service')
		.filter(service => textAt(service, 'spec', 'clusterIP') === 'None')
		.flatMap(service =>
			routingOf(survey)
				.behind(service)
				.map(to => ({
					...{from: {kind: 'workload', workload: to} as const, to},
					ports: [
						...portsBehind(service),
						...declaredPorts(podSpecOf(to)).map(({number, protocol}) => ({
							port: number,
							protocol: protocolOf({protocol: protocol ?? 'TCP'}),
						})),
					],
					because: `its pods find each other by ${textOf(service)}`,
				})),
		);

/** Services of which nobody is known to ask them: their own namespace may go on. */
function withoutCallers(survey: Survey, flows: readonly Flow[]): readonly {readonly service: KubeObject; readonly to: KubeObject}[] {
	const asked = new Set(flows.filter(({because}) => !because.startsWith('Prometheus')).map(({to}) => to));
	return survey.all('Service').flatMap(service =>
		routingOf(survey)
			.behind(service)
			.filter(to => !asked.has(to))
			.map(to => ({service, to})),
	);
}

/** Connections between pods that the objects of a cluster declare: names in settings, routes, Services open to the world, webhooks, monitors. */
export function declaredFlows(survey: Survey, known: Known): readonly Flow[] {
	const flows = [...mentioned(survey), ...routed(survey), ...open(survey), ...scraped(survey, known), ...amongThemselves(survey)];
	const unasked = withoutCallers(survey, flows).flatMap(({service, to}): readonly Flow[] => {
		const ports = portsBehind(service);
		const from = {kind: 'namespace', name: namespaceOf(to)} as const;
		return ports.length === 0
			? []
			: [{from, to, ports, because: `nothing that was read names ${textOf(service)}, so its namespace may ask it`}];
	});
	return [...flows, ...unasked];
}

/** Where clouds keep what a node may know of itself, and its keys. */
const linkLocal = '169.254.0.0/16';
const tcp443: FlowPort = {port: 443, protocol: 'TCP'};

/** Connections to hosts of the world, and to the API server, that workloads are told of or have rights for. */
export function declaredOutside(survey: Survey): readonly OutsideFlow[] {
	const inside = new Set(mentionsIn(survey).map(({workload, host}) => `${textOf(workload)} ${host}`));
	const hosts = namingsIn(survey)
		.filter(({workload, host}) => host.includes('.') && !inside.has(`${textOf(workload)} ${host}`))
		.map(({workload, host, port}) => ({
			...{from: workload, cidr: '0.0.0.0/0', except: [...privateNetworks, linkLocal]},
			ports: [{port: port ?? 443, protocol: 'TCP' as const}],
			because: `${textOf(workload)} names ${host}`,
		}));
	const askers = survey.workloads().filter(workload => {
		const spec = podSpecOf(workload);
		return spec.automountServiceAccountToken !== false && !['default', undefined].includes(textAt(spec, 'serviceAccountName'));
	});
	return [
		...hosts,
		...askers.map(from => ({
			...{from, cidr: '0.0.0.0/0', except: [], ports: [tcp443, {...tcp443, port: 6443}]},
			because: `${textOf(from)} has a ServiceAccount of its own, with which it may ask the API server`,
		})),
	];
}
