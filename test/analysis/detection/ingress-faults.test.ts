import {describe, expect, test} from 'vitest';
import {ingressFaults} from '../../../src/analysis/detection/analyzers/ingress/ingress-faults.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';
import {changed, remediesOf, survey} from './found-in.ts';

const kinds = {networking: 'networking.k8s.io/v1', gateway: 'gateway.networking.k8s.io/v1'};
const ingress = (name: string, spec: string, rest = '') =>
	`{kind: Ingress, apiVersion: ${kinds.networking}, metadata: {name: ${name}}, spec: {${spec}}${rest}}\n---\n`;
const ingressClass = (name: string, isDefault = false) =>
	`{kind: IngressClass, apiVersion: ${kinds.networking}, metadata: {name: ${name}${isDefault ? ", annotations: {ingressclass.kubernetes.io/is-default-class: 'true'}" : ''}}}\n---\n`;
const rule = (service: string, host = 'shop.example.com') =>
	`rules: [{host: ${host}, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}]}}]`;

describe('the class of an Ingress', () => {
	test.each([
		['is there', ingress('web', 'ingressClassName: nginx') + ingressClass('nginx'), []],
		[
			'is misspelt',
			ingress('web', 'ingressClassName: nginks') + ingressClass('nginx'),
			['high ingress-class-not-there Ingress/web spec.ingressClassName remedy'],
		],
		[
			'is not there, nor any',
			ingress('web', 'ingressClassName: nginx'),
			['medium ingress-class-not-there Ingress/web spec.ingressClassName none'],
		],
		['is left out, and there is a default', ingress('web', '') + ingressClass('nginx', true), []],
		[
			'is left out, and there is none',
			ingress('web', '') + ingressClass('nginx'),
			['medium ingress-without-class Ingress/web spec.ingressClassName remedy'],
		],
		[
			'is left out, and somebody serves it',
			ingress('web', '', ', status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}') + ingressClass('nginx'),
			[],
		],
		['is left out where classes are not used', ingress('web', ''), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(ingressFaults, yaml)).toEqual(found);
	});
});

describe('a host and path of two Ingresses', () => {
	const late = ingress('new', rule('other')).replace('kind:', 'changed: 2, kind:');
	test.each([
		[
			'that lead elsewhere',
			ingress('old', rule('web')) + late,
			['medium ingress-route-taken Ingress/new spec.rules[shop.example.com].http.paths[/] remedy'],
		],
		['that lead to the same', ingress('old', rule('web')) + ingress('new', rule('web')), []],
		[
			'of which one is a canary',
			ingress('old', rule('web')) + late.replace('{name: new}', "{name: new, annotations: {nginx.ingress.kubernetes.io/canary: 'true'}}"),
			[],
		],
		[
			'of two classes',
			ingress('old', `${rule('web')}, ingressClassName: inner`) + late + ingressClass('inner') + ingressClass('outer', true),
			[],
		],
		['that differ', ingress('old', rule('web')) + ingress('new', rule('other', 'crm.example.com')), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(ingressFaults, yaml)).toEqual(found);
	});
});

const offered = (yaml: string) => remediesOf(ingressFaults(surveyIn(yaml))).map(each => each.replace(/\{"op":"test".*?\},(?=\{"op")/g, ''));
const applied = (spec: string) => `annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec":${spec}}'}`;

test.each([
	[
		'shares most of its words',
		ingress('web', 'ingressClassName: haproxy-outer') + ingressClass('edge-outer') + ingressClass('edge-inner'),
		'choice',
		'edge-outer',
	],
	[
		'others of the namespace have',
		ingress('web', 'ingressClassName: traefik') + ingress('api', 'ingressClassName: inner') + ingressClass('outer') + ingressClass('inner'),
		'choice',
		'inner',
	],
	[
		'it had before',
		ingress('web', 'ingressClassName: traefik').replace('name: web', `name: web, ${applied('{"ingressClassName":"outer"}')}`) +
			ingressClass('outer') +
			ingressClass('inner'),
		'sure',
		'outer',
	],
])('an Ingress whose class is not there gets the one that %s', (_, yaml, how, meant) => {
	expect(offered(yaml)).toEqual([`${how} resource_patch [{"op":"replace","path":"/spec/ingressClassName","value":"${meant}"}]`]);
});

test('between two classes that nothing speaks for nobody chooses', () => {
	expect(offered(ingress('web', 'ingressClassName: traefik') + ingressClass('outer') + ingressClass('inner'))).toEqual([]);
});

test('an Ingress whose Service is not there may have meant the only one that nobody sends to', () => {
	const lost = ingress('web', rule('checkout'));
	const sides = (yaml: string) =>
		detect(surveyIn(yaml)).incidents.flatMap(({cause}) => (cause.id === 'ingress-service-not-there' ? remediesOf([cause]) : []));
	const served = ingress('shop', rule('front', 'front.example.com')) + service('front');
	expect(sides(lost + served + service('basket'))).toEqual([expect.stringMatching(/^choice .*"value":"basket"/)]);
	expect(sides(lost + served + service('basket') + service('stock'))).toEqual([]);
	const stem = ingress('web', rule('orders-gateway')) + served;
	expect(sides(stem + service('orders') + service('stock'))).toEqual([expect.stringMatching(/^choice .*"value":"orders"/)]);
});

describe('who came later to a route', () => {
	const old = ingress('old', rule('web'));
	const later = (spec: string, more = '') =>
		ingress('new', spec).replace('kind:', 'changed: 2, kind:').replace('name: new', `name: new${more}`);
	test('gets a host of its own where it has nothing else', () => {
		expect(offered(old + later(rule('other')))).toEqual([
			'choice resource_patch [{"op":"replace","path":"/spec/rules/0/host","value":"new.shop.example.com"}]',
		]);
	});
	test('keeps what else it has', () => {
		const two = rule('other').replace(
			'paths: [',
			'paths: [{path: /beta, pathType: Prefix, backend: {service: {name: other, port: {number: 80}}}}, ',
		);
		expect(offered(old + later(two))).toEqual(['choice resource_patch [{"op":"remove","path":"/spec/rules/0/http/paths/1"}]']);
	});
	test('goes back to what it had', () => {
		const former = '{"rules":[{"host":"new.example.com","http":{"paths":[]}}]}';
		expect(offered(old + later(rule('other'), `, ${applied(former)}`))[0]).toMatch(/^sure .*"value":\[\{"host":"new.example.com"/);
	});
	test('is left as it is where that is not known', () => {
		expect(offered(old + ingress('new', rule('other')))).toEqual([]);
	});
});

const service = (name: string, namespace = 'shop') =>
	`{kind: Service, apiVersion: v1, metadata: {name: ${name}, namespace: ${namespace}}, spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}}\n---\n`;
const gateway = (listener: string, changedAgo = 0) =>
	`{${changedAgo === 0 ? '' : `changed: ${changedAgo}, `}kind: Gateway, apiVersion: ${kinds.gateway}, metadata: {name: edge, namespace: infra}, spec: {gatewayClassName: envoy, listeners: [{name: web, port: 80, ${listener}}]}}\n---\n`;
const gatewayClass = `{kind: GatewayClass, apiVersion: ${kinds.gateway}, metadata: {name: envoy}}\n---\n`;
const route = (parent: string, spec = '', changedAgo = 0) =>
	`{${changedAgo === 0 ? '' : `changed: ${changedAgo}, `}kind: HTTPRoute, apiVersion: ${kinds.gateway}, metadata: {name: web}, spec: {parentRefs: [{namespace: infra, ${parent}}]${spec}}}\n---\n`;
const home = (labels: string) => `{kind: Namespace, apiVersion: v1, metadata: {name: shop, labels: {${labels}}}}\n---\n`;
const open = 'allowedRoutes: {namespaces: {from: All}}';
const chosen = 'allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {edge: open}}}}';
const backend = (ref: string) => `, rules: [{backendRefs: [{${ref}}]}]`;
const world = gatewayClass + service('web') + gateway(open);

describe('a route of the Gateway API', () => {
	test.each([
		['is taken', world + route('name: edge', backend('name: web, port: 80')), []],
		[
			'names a Gateway that is not there',
			world + route('name: egde'),
			['high route-parent-not-there HTTPRoute/web spec.parentRefs[egde].name remedy'],
		],
		[
			'names a listener that is not there',
			world + route('name: edge, sectionName: wbe'),
			['high route-parent-not-there HTTPRoute/web spec.parentRefs[edge].sectionName remedy'],
		],
		[
			'comes from another namespace than is allowed',
			gatewayClass + gateway('protocol: HTTP') + route('name: edge'),
			['high route-not-allowed Gateway/edge spec.listeners[web].allowedRoutes.namespaces.from none'],
		],
		['comes from a namespace with the label', gatewayClass + gateway(chosen) + home('edge: open') + route('name: edge'), []],
		[
			'comes from a namespace that lost its label',
			gatewayClass + gateway(chosen) + home('').replace('kind:', 'changed: 2, kind:') + route('name: edge'),
			['high route-not-allowed Namespace/shop metadata.labels remedy'],
		],
		[
			'is of another kind',
			gatewayClass + gateway('allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}') + route('name: edge'),
			['high route-not-allowed Gateway/edge spec.listeners[web].allowedRoutes.kinds none'],
		],
		[
			'is for another host',
			gatewayClass + gateway(`${open}, hostname: shop.example.com`) + route('name: edge', ', hostnames: [sohp.example.com]'),
			['high route-not-allowed HTTPRoute/web spec.hostnames none'],
		],
		[
			'is for a host under a wildcard',
			gatewayClass + gateway(`${open}, hostname: '*.example.com'`) + route('name: edge', ', hostnames: [a.shop.example.com]'),
			[],
		],
		[
			'sends to a Service that is not there',
			world + route('name: edge', backend('name: wbe, port: 80')),
			['high route-service-not-there HTTPRoute/web spec.rules[0].backendRefs[wbe].name remedy'],
		],
		[
			'sends to another port',
			world + route('name: edge', backend('name: web, port: 8080')),
			['high route-port-not-there HTTPRoute/web spec.rules[0].backendRefs[web].port remedy'],
		],
		[
			'sends into another namespace',
			world + service('pay', 'bank') + route('name: edge', backend('name: pay, namespace: bank, port: 80')),
			['high route-without-grant HTTPRoute/web spec.rules[0].backendRefs[pay].namespace remedy'],
		],
		[
			'sends into another namespace that grants it',
			world +
				service('pay', 'bank') +
				route('name: edge', backend('name: pay, namespace: bank, port: 80')) +
				'{kind: ReferenceGrant, apiVersion: gateway.networking.k8s.io/v1beta1, metadata: {name: shop, namespace: bank}, spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}], to: [{group: "", kind: Service}]}}\n---\n',
			[],
		],
		[
			'belongs to a Gateway without its class',
			gateway(open) + route('name: edge'),
			['high gateway-class-not-there Gateway/edge spec.gatewayClassName none'],
		],
		[
			'is refused for a reason that nothing else tells',
			world +
				route('name: edge').replace(
					'spec:',
					'status: {parents: [{conditions: [{type: ResolvedRefs, status: "False", reason: BackendNotFound}]}]}, spec:',
				),
			['medium route-refused HTTPRoute/web status.parents none'],
		],
	])('%s', (_, yaml, found) => {
		expect(faultLines(ingressFaults, yaml)).toEqual(found);
	});
	test('is given the label that its namespace lost', () => {
		const yaml = gatewayClass + gateway(chosen) + home('').replace('kind:', 'changed: 2, kind:') + route('name: edge');
		expect(surePatches(ingressFaults, yaml)).toEqual(['{"metadata":{"labels":{"edge":"open"}}}']);
	});
});

describe('the Service behind an Ingress', () => {
	const entry = (port: string | number) =>
		object('networking.k8s.io/v1', 'Ingress', 'web', {
			spec: {
				rules: [
					{
						host: 'a.example.com',
						http: {paths: [{path: '/', backend: {service: {name: 'web', port: typeof port === 'number' ? {number: port} : {name: port}}}}]},
					},
				],
			},
		});
	const serving = (port: number, name = 'http') =>
		object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name, port, targetPort: 8080}]}});
	const web = {
		...deployment({container: {ports: [{name: 'http', containerPort: 8080}]}}),
		status: {replicas: 4, readyReplicas: 4, updatedReplicas: 4, availableReplicas: 4},
	};
	const told = (...objects: Parameters<typeof survey>[0]) =>
		detect(survey(objects)).incidents.map(({cause: {id, resource, path}}) => `${id} ${resource.kind}/${resource.name} ${path}`);
	test.each([
		['has gone', [entry(80), web], ['named-service-not-there Service/web undefined']],
		[
			'has another port since it was changed',
			[changed(entry(80), 60), web, changed(serving(8000), 1)],
			['ingress-port-not-there Service/web spec.ports[http].port'],
		],
		[
			'has its port under another name since the Ingress was changed',
			[changed(entry('web'), 1), web, changed(serving(80), 60)],
			['ingress-port-not-there Ingress/web spec.rules[a.example.com].http.paths[/].backend.service.port.name'],
		],
		['is as it should be', [entry('http'), web, serving(80)], []],
	])('%s', (_, objects, found) => {
		expect(told(...objects)).toEqual(found);
	});
});

describe('a port that a Service of several has not', () => {
	const backend = (port: string, name = 'web') => `backend: {service: {name: ${name}, port: {${port}}}}`;
	const entry = (name: string, ...ports: readonly string[]) =>
		`
kind: Ingress
apiVersion: ${kinds.networking}
metadata: {name: ${name}}
spec: {ingressClassName: nginx, rules: [{host: ${name}.example.com, http: {paths: [${ports.map((port, index) => `{path: /${index}, pathType: Prefix, ${backend(port)}}`).join(', ')}]}}]}
---
`;
	const serving = (...ports: readonly string[]) => `
kind: Service
apiVersion: v1
metadata: {name: web}
spec: {selector: {app: web}, ports: [${ports.join(', ')}]}
---
`;
	const app = `
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, ports: [{name: web, containerPort: 8080}, {name: admin, containerPort: 8090}]}]}
status: {replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1}
---
`;
	const [web, admin, metrics] = [
		'{name: web, port: 80, targetPort: web}',
		'{name: admin, port: 8090, targetPort: admin}',
		'{name: metrics, port: 9090, targetPort: 9090}',
	];
	const ways = (yaml: string) =>
		detect(surveyIn(app + ingressClass('nginx') + yaml))
			.incidents.filter(({cause}) => cause.id === 'ingress-port-not-there')
			.flatMap(({cause}) => [
				`${cause.resource.kind} ${cause.path?.split('.').slice(-2).join('.')}`,
				...cause.remedies.map(({sure, text}) => `${sure ? 'sure' : 'choice'} ${text.en}`),
			]);
	const to = (how: string, port: number) => `${how} Make Ingress shop/a send to port ${port}`;

	test.each<[string, string, readonly string[]]>([
		['is that of its pods', entry('a', 'number: 8080') + serving(web, metrics), ['Ingress port.number', to('sure', 80)]],
		[
			'was there until the Service was changed',
			`changed: 30\n${entry('a', 'number: 8080')
				.trim()
				.replace(/\n---$/, '')}\n---\nchanged: 5${serving(web, admin)}`,
			['Service ports[web].port', to('sure', 80), 'choice Set the port of the port of Service shop/web to 8080'],
		],
		['is misspelt', entry('a', 'name: wbe') + serving(web, metrics), ['Ingress port.name', to('sure', 80)]],
		[
			'is the number of no pod, and the others are taken',
			entry('a', 'number: 8000') + entry('b', 'number: 8090') + serving(web, admin),
			['Ingress port.number', to('sure', 80)],
		],
		[
			'is the number of no pod, and nobody sends to the others',
			entry('a', 'number: 8000') + serving(admin, metrics, web),
			['Ingress port.number', to('choice', 80), to('choice', 8090), to('choice', 9090)],
		],
		[
			'is the number of no pod, and only the inner one is not taken',
			entry('a', 'number: 8000', 'number: 80') + serving(web, metrics),
			['Ingress port.number', to('choice', 80), to('choice', 9090)],
		],
		['is there', entry('a', 'number: 80') + entry('b', 'name: admin') + serving(web, admin), []],
	])('%s', (_, yaml, expected) => {
		expect(ways(yaml)).toEqual(expected);
	});
});
