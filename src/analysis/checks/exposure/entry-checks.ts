import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {keyed, onObjects} from '../on-objects.ts';

const family = 'exposure';
const ingressKind = 'networking.k8s.io/Ingress';
const gatewayKind = 'gateway.networking.k8s.io/Gateway';

const annotation = (key: string) => keyed('metadata.annotations', key);
const noteOf = ({metadata}: KubeObject, key: string) => metadata.annotations?.[key];
const isBalanced = (service: KubeObject) => textAt(service, 'spec', 'type') === 'LoadBalancer';

/** What a load balancer is marked with that only the network of its cloud reaches. */
const internal: readonly (readonly [string, string])[] = [
	['service.beta.kubernetes.io/azure-load-balancer-internal', 'true'],
	['service.beta.kubernetes.io/aws-load-balancer-internal', 'true'],
	['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal'],
	['networking.gke.io/load-balancer-type', 'Internal'],
	['cloud.google.com/load-balancer-type', 'Internal'],
];

/** Whether a certificate for `*.example.com` or `shop.example.com` is one for a host. */
const covers = (pattern: string, host: string) =>
	pattern === host || (pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1));

/** Doors into the cluster: Ingresses, Gateways, Services for the outside. */
export const entryChecks: readonly AnyCheck[] = [
	check({
		...{id: 'ingress-without-tls', family, title: 'Ingresses serve over TLS', severity: 'medium'},
		why: 'Without TLS whoever is on the way reads passwords and cookies, and answers in place of the server.',
		...onObjects([ingressKind], {}, ingress =>
			listAt(ingress, 'spec', 'tls').length > 0
				? []
				: [
						{
							paths: ['spec.tls'],
							mends: [{path: 'spec.tls', ask: 'hosts with the Secret of their certificate'}],
							evidence: 'it states no TLS',
						},
					],
		),
	}),
	check({
		...{id: 'ingress-host-without-tls', family, title: 'Every host of an Ingress has a certificate', severity: 'medium'},
		why: 'A host without one is served in the clear, or with the certificate of another that clients refuse.',
		...onObjects([ingressKind], {}, ingress => {
			const tls = listAt(ingress, 'spec', 'tls');
			const hosts = tls.flatMap(each => listAt(each, 'hosts').map(String));
			// Without hosts the certificate is for all of them.
			if (tls.length === 0 || tls.some(each => listAt(each, 'hosts').length === 0)) return [];
			return listAt(ingress, 'spec', 'rules').flatMap((rule, index): readonly Fault[] => {
				const host = textAt(rule, 'host');
				if (host === undefined || hosts.some(each => covers(each, host))) return [];
				return [
					{
						paths: [`spec.rules[${index}].host`],
						mends: [{path: 'spec.tls', ask: `${host} with a certificate`}],
						evidence: `no certificate is for ${host}`,
					},
				];
			});
		}),
	}),
	check({
		...{id: 'ingress-for-any-host', family, title: 'Ingresses name the hosts that they are for', severity: 'low'},
		why: 'A rule for any host takes the requests of names that others point at the cluster.',
		...onObjects([ingressKind], {}, ingress =>
			listAt(ingress, 'spec', 'rules').flatMap((rule, index): readonly Fault[] => {
				const host = textAt(rule, 'host') ?? '';
				if (host !== '' && !host.startsWith('*')) return [];
				const path = `spec.rules[${index}].host`;
				return [
					{
						paths: [path],
						mends: [{path, ask: 'the host'}],
						evidence: host === '' ? `rule ${index} is for any host` : `rule ${index} is for ${host}`,
					},
				];
			}),
		),
	}),
	check({
		...{id: 'ingress-with-snippet', family, title: 'Ingresses write nothing into the configuration of their controller', severity: 'high'},
		why: 'A snippet is part of the configuration of ingress-nginx: whoever writes one reads the Secrets of all namespaces (CVE-2021-25742).',
		...onObjects([ingressKind], {}, ({metadata}) =>
			Object.keys(metadata.annotations ?? {})
				.filter(key => /^nginx\.ingress\.kubernetes\.io\/.*-snippet$/.test(key))
				.map(key => ({paths: [annotation(key)], mends: [{path: annotation(key), remove: true}], evidence: `it has ${key}`}) as const),
		),
	}),
	check({
		...{id: 'ingress-without-redirect', family, title: 'Ingresses with TLS send plain requests there', severity: 'low'},
		why: 'Without the redirect whoever types the name of the host alone speaks in the clear.',
		...onObjects([ingressKind], {}, ingress => {
			const key = 'nginx.ingress.kubernetes.io/ssl-redirect';
			if (noteOf(ingress, key) !== 'false' || listAt(ingress, 'spec', 'tls').length === 0) return [];
			return [{paths: [annotation(key)], mends: [{path: annotation(key), remove: true}], evidence: `${key} is false`}];
		}),
	}),
	check({
		...{
			id: 'ingress-beside-application-gateway',
			family,
			title: 'Ingresses with TLS go through the gateway that is demanded',
			severity: 'low',
		},
		why: 'Where one gateway is demanded for all of what comes in, as in the benchmark for AKS, another passes by its rules.',
		...onObjects([ingressKind], {class: ''}, (ingress, {class: demanded}) => {
			const key = 'kubernetes.io/ingress.class';
			const given = noteOf(ingress, key) ?? textAt(ingress, 'spec', 'ingressClassName');
			if (demanded === '' || given === demanded || listAt(ingress, 'spec', 'tls').length === 0) return [];
			return [
				{paths: [annotation(key)], mends: [{path: annotation(key), value: demanded}], evidence: `its class is ${given ?? 'not set'}`},
			];
		}),
	}),
	check({
		...{id: 'load-balancer-for-everybody', family, title: 'Load balancers name who may reach them', severity: 'low'},
		why: 'Without source ranges the whole internet knocks at the port.',
		...onObjects(['Service'], {}, service => {
			if (!isBalanced(service) || internal.some(([key, value]) => noteOf(service, key) === value)) return [];
			const ranges = listAt(service, 'spec', 'loadBalancerSourceRanges').map(String);
			if (ranges.length > 0 && !ranges.some(range => range.endsWith('/0'))) return [];
			const path = 'spec.loadBalancerSourceRanges';
			return [
				{
					paths: [path],
					mends: [{path, ask: 'the addresses that need it'}],
					evidence: ranges.length === 0 ? `${path} is not set` : `it is for ${ranges.join(', ')}`,
				},
			];
		}),
	}),
	check({
		...{id: 'load-balancer-public-on-azure', family, title: 'Load balancers on Azure are internal', severity: 'low'},
		why: 'A public load balancer bypasses the gateway that ends TLS and filters what comes in.',
		...onObjects(['Service'], {}, service => {
			const [key, value] = ['service.beta.kubernetes.io/azure-load-balancer-internal', 'true'];
			if (!isBalanced(service) || noteOf(service, key) === value) return [];
			return [
				{paths: [annotation(key)], mends: [{path: annotation(key), value}], evidence: `${key} is ${noteOf(service, key) ?? 'not set'}`},
			];
		}),
	}),
	check({
		...{id: 'load-balancer-without-tls-on-aws', family, title: 'Load balancers on AWS have a certificate', severity: 'low'},
		why: 'Without a certificate the load balancer passes on in the clear what comes in.',
		...onObjects(['Service'], {}, service => {
			const key = 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert';
			if (!isBalanced(service) || noteOf(service, key) !== undefined) return [];
			return [{paths: [annotation(key)], mends: [{path: annotation(key), ask: 'the certificate'}], evidence: `${key} is not set`}];
		}),
	}),
	check({
		...{id: 'service-on-node-ports', family, title: 'Services open no port of the nodes', severity: 'low'},
		why: 'A port of every node is reached past the Ingress, its TLS and its filters.',
		...onObjects(['Service'], {}, service =>
			textAt(service, 'spec', 'type') === 'NodePort'
				? [{paths: ['spec.type'], mends: [{path: 'spec.type', value: 'ClusterIP'}], evidence: 'its type is NodePort'}]
				: [],
		),
	}),
	check({
		...{id: 'gateway-without-tls', family, title: 'Listeners of Gateways end TLS', severity: 'medium'},
		why: 'Without TLS whoever is on the way reads passwords and cookies. A listener that only redirects may stay.',
		...onObjects([gatewayKind], {}, gateway =>
			listAt(gateway, 'spec', 'listeners').flatMap((listener, index): readonly Fault[] => {
				if (textAt(listener, 'protocol') !== 'HTTP') return [];
				const path = `spec.listeners[${index}].protocol`;
				return [{paths: [path], mends: [{path, value: 'HTTPS'}], evidence: `listener ${textAt(listener, 'name') ?? index} speaks HTTP`}];
			}),
		),
	}),
	check({
		...{id: 'gateway-for-all-namespaces', family, title: 'Gateways name the namespaces whose routes they take', severity: 'medium'},
		why: 'With routes from all namespaces anybody who may write a route takes over a host of somebody else.',
		...onObjects([gatewayKind], {}, gateway =>
			listAt(gateway, 'spec', 'listeners').flatMap((listener, index): readonly Fault[] => {
				if (textAt(listener, 'allowedRoutes', 'namespaces', 'from') !== 'All') return [];
				const path = `spec.listeners[${index}].allowedRoutes.namespaces.from`;
				return [
					{
						paths: [path],
						mends: [{path, value: 'Same'}],
						evidence: `listener ${textAt(listener, 'name') ?? index} takes routes of all namespaces`,
					},
				];
			}),
		),
	}),
	check({
		...{id: 'istio-gateway-without-tls', family, title: 'Gateways of Istio serve over TLS or send there', severity: 'medium'},
		why: 'Without TLS whoever is on the way reads passwords and cookies.',
		...onObjects(['networking.istio.io/Gateway'], {}, gateway =>
			listAt(gateway, 'spec', 'servers').flatMap((server, index): readonly Fault[] => {
				const protocol = textAt(server, 'port', 'protocol') ?? '';
				if (!/^HTTP2?$/.test(protocol) || valueAt(server, 'tls', 'httpsRedirect') === true) return [];
				const path = `spec.servers[${index}].tls.httpsRedirect`;
				return [{paths: [path], mends: [{path, value: true}], evidence: `server ${index} speaks ${protocol}`}];
			}),
		),
	}),
	check({
		...{id: 'istio-gateway-with-old-tls', family, title: 'Gateways of Istio take no old versions of TLS', severity: 'medium'},
		why: 'TLS before 1.2 is broken: whoever is on the way reads what passes.',
		...onObjects(['networking.istio.io/Gateway'], {}, gateway =>
			listAt(gateway, 'spec', 'servers').flatMap((server, index): readonly Fault[] => {
				const version = textAt(server, 'tls', 'minProtocolVersion');
				if (version !== 'TLSV1_0' && version !== 'TLSV1_1') return [];
				const path = `spec.servers[${index}].tls.minProtocolVersion`;
				return [{paths: [path], mends: [{path, value: 'TLSV1_2'}], evidence: `server ${index} takes ${version}`}];
			}),
		),
	}),
	check({
		...{id: 'istio-without-mutual-tls', family, title: 'Istio demands mutual TLS between workloads', severity: 'medium'},
		why: 'Where plain traffic is taken too, no workload knows who speaks to it.',
		...onObjects(['security.istio.io/PeerAuthentication'], {}, policy => {
			const ports = Object.entries(objectAt(policy, 'spec', 'portLevelMtls')).map(([port, value]) => {
				return {path: `${keyed('spec.portLevelMtls', port)}.mode`, mode: textAt(value, 'mode')};
			});
			return [{path: 'spec.mtls.mode', mode: textAt(policy, 'spec', 'mtls', 'mode')}, ...ports].flatMap(({path, mode}): readonly Fault[] =>
				mode === 'DISABLE' || mode === 'PERMISSIVE'
					? [{paths: [path], mends: [{path, value: 'STRICT'}], evidence: `${path} is ${mode}`}]
					: [],
			);
		}),
	}),
	check({
		...{id: 'istio-destination-without-tls', family, title: 'Istio verifies whom it calls over TLS', severity: 'medium'},
		why: 'Without TLS, or without verification, whoever answers in place of the destination is believed.',
		...onObjects(['networking.istio.io/DestinationRule'], {}, rule => {
			const tls = valueAt(rule, 'spec', 'trafficPolicy', 'tls');
			const path = 'spec.trafficPolicy.tls';
			if (textAt(tls, 'mode') === 'DISABLE')
				return [{paths: [`${path}.mode`], mends: [{path: `${path}.mode`, value: 'ISTIO_MUTUAL'}], evidence: `${path}.mode is DISABLE`}];
			if (valueAt(tls, 'insecureSkipVerify') !== true) return [];
			return [
				{
					paths: [`${path}.insecureSkipVerify`],
					mends: [{path: `${path}.insecureSkipVerify`, value: false}],
					evidence: `${path} verifies nobody`,
				},
			];
		}),
	}),
	check({
		...{id: 'istio-policy-allows-all', family, title: 'No policy of Istio allows everything', severity: 'medium'},
		why: 'A rule without any condition lets every request of everybody through.',
		...onObjects(['security.istio.io/AuthorizationPolicy'], {}, policy => {
			if ((textAt(policy, 'spec', 'action') ?? 'ALLOW') !== 'ALLOW') return [];
			return listAt(policy, 'spec', 'rules').flatMap((rule, index): readonly Fault[] => {
				if (['from', 'to', 'when'].some(field => listAt(rule, field).length > 0)) return [];
				const path = `spec.rules[${index}]`;
				return [{paths: [path], mends: [{path: `${path}.from`, ask: 'who may call'}], evidence: `rule ${index} has no condition`}];
			});
		}),
	}),
];
