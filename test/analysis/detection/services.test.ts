import {describe, expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {objectAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {changed, foundBy, incidents, remediesOf, survey} from './found-in.ts';

const http = {name: 'http', containerPort: 8080};
const app = (name: string, container: JsonObject = {}, labels: JsonObject = {}): KubeObject =>
	deployment(
		{
			container: {image: `registry.example.com/shop/${name}:1`, ports: [http], ...container},
			spec: {
				template: {
					metadata: {labels: {app: name, ...labels}},
					spec: {containers: [{name, image: `registry.example.com/shop/${name}:1`, ports: [http], ...container}]},
				},
			},
		},
		name,
	);
const service = (name: string, spec: JsonObject = {}, metadata: JsonObject = {}): KubeObject =>
	object('v1', 'Service', name, {
		metadata,
		spec: {clusterIP: '10.0.0.9', selector: {app: name}, ports: [{name: 'http', port: 80, targetPort: 'http'}], ...spec},
	});
const asking = (value: string, name = 'URL') => app('web', {env: [{name, value}]});
const ownPod = (workload: KubeObject) =>
	object('v1', 'Pod', `${workload.metadata.name}-1`, {
		metadata: {labels: {app: workload.metadata.name}},
		spec: {containers: []},
		status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
	});
const place = 'spec.template.spec.containers[web].env[URL].value';

/** ReplicaSets of web: of the revision before, which was told another host after a variable that is gone, and of the present one. */
const revisions = (before: string, now = 'http://baskets:9200/'): readonly KubeObject[] =>
	[
		[
			{name: 'MODE', value: 'a'},
			{name: 'URL', value: before},
		],
		[{name: 'URL', value: now}],
	].map((env, index) =>
		object('apps/v1', 'ReplicaSet', `web-${index}`, {
			metadata: {
				annotations: {'deployment.kubernetes.io/revision': String(index + 1)},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true}],
			},
			spec: {template: {metadata: {labels: {app: 'web'}}, spec: objectAt(app('web', {env}), 'spec', 'template', 'spec')}},
		}),
	);

type Row = [what: string, objects: readonly KubeObject[], found: readonly string[]];

describe('a Service that somebody is told of', () => {
	const rows: Row[] = [
		['is there', [asking('http://cart'), app('cart'), service('cart')], []],
		['has gone, and its workload runs', [asking('http://cart:80'), app('cart')], ['high named-service-not-there Service/cart']],
		[
			'has gone, and is told by its full name',
			[asking('cart.shop.svc.cluster.local', 'X'), app('cart')],
			['high named-service-not-there Service/cart'],
		],
		['is misspelt', [asking('http://crat/'), app('cart'), service('cart')], [`high named-service-not-there Deployment/web ${place}`]],
		[
			'was renamed after',
			[changed(asking('http://cart'), 60), app('cart'), changed(service('cart-v2', {selector: {app: 'cart'}}), 2)],
			['high named-service-not-there Service/cart'],
		],
		[
			'was renamed in the variable after',
			[changed(asking('http://cart'), 2), app('cart'), changed(service('cart-v2', {selector: {app: 'cart'}}), 60)],
			[`high named-service-not-there Deployment/web ${place}`],
		],
		[
			'lives in another namespace',
			[asking('http://cart'), {...service('cart'), metadata: {name: 'cart', namespace: 'sales'}}],
			[`medium named-service-not-there Deployment/web ${place}`],
		],
		['is of the world outside', [asking('https://api.example.com/v1'), app('api')], []],
		['is of the world outside with two steps', [asking('example.com:443'), app('example')], []],
		['is the machine itself', [asking('http://localhost:3000'), app('local')], []],
		['is known to the hosts file of the pods', [{...asking('http://cart'), spec: aliased(asking('http://cart'))}, app('cart')], []],
		['is a word that is no host', [asking('cart', 'MODE'), app('cart')], []],
		['is full and nowhere', [asking('http://otel.watch.svc:4317')], [`low named-service-not-there Deployment/web ${place}`]],
		[
			'is full and nowhere, and was told a moment ago',
			[changed(asking('http://otel.watch.svc:4317'), 3)],
			[`medium named-service-not-there Deployment/web ${place}`],
		],
		[
			'is another than the one that the revision before was told of',
			[asking('http://baskets:9200/'), ...revisions('http://cart:9300/'), app('cart'), service('cart')],
			[`high named-service-not-there Deployment/web ${place}`],
		],
		[
			'is another than one that the revision before was told of, and that is gone too',
			[asking('http://baskets:9200/'), ...revisions('http://trolleys:9300/'), app('cart'), service('cart')],
			[],
		],
		[
			'is another than the only one that answers at this port, since a moment ago',
			[changed(asking('http://baskets:9200/'), 3), app('cart'), service('cart', {ports: [{port: 9200, targetPort: 'http'}]})],
			[`high named-service-not-there Deployment/web ${place}`],
		],
		[
			'is another than the only one that answers at this port, and always was',
			[asking('http://baskets:9200/'), app('cart'), service('cart', {ports: [{port: 9200, targetPort: 'http'}]})],
			[],
		],
		['is told by a flag', [app('web', {args: ['--db-host=cart']}), app('cart')], ['high named-service-not-there Service/cart']],
		[
			'is told in a ConfigMap',
			[
				app('web', {envFrom: [{configMapRef: {name: 'web'}}]}),
				object('v1', 'ConfigMap', 'web', {data: {'app.yaml': 'cart:\n  url: http://crat:80/\n'}}),
				app('cart'),
				service('cart'),
			],
			['high named-service-not-there ConfigMap/web data.app.yaml'],
		],
		[
			'is asked at a port that it has not',
			[asking('http://cart:9090'), app('cart'), service('cart')],
			[`high named-port-not-there Deployment/web ${place}`],
		],
		[
			'is asked at a port that it had until now',
			[
				changed(asking('http://cart:80'), 60),
				app('cart'),
				changed(service('cart', {ports: [{name: 'http', port: 8000, targetPort: 'http'}]}), 1),
			],
			['high named-port-not-there Service/cart spec.ports[http].port'],
		],
		[
			'is asked at the port that its scheme means, which another variable may say',
			[asking('http://cart'), app('cart'), service('cart', {ports: [{port: 8080}]})],
			[],
		],
		['is headless, and asked at the port of its pods', [asking('http://cart:8080'), app('cart'), service('cart', {clusterIP: 'None'})], []],
	];
	test.each(rows)('%s', (_, objects, found) => {
		expect(foundBy(serviceFaults, objects)).toEqual(found);
	});

	test('is made anew with the port that is asked for', () => {
		expect(remediesOf(serviceFaults(survey([asking('http://cart:9080'), app('cart')])))).toEqual([
			'sure resource_apply {"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","namespace":"shop"},"spec":{"selector":{"app":"cart"},"ports":[{"name":"http","port":9080,"targetPort":"http"}]}}',
		]);
	});

	test('is exchanged where it stands, and nothing around it', () => {
		const found = serviceFaults(survey([asking('http://u:p@crat:80/x?to=crat'), app('cart'), service('cart')]));
		expect(remediesOf(found).join()).toContain('"value":"http://u:p@cart:80/x?to=crat"');
		expect(JSON.stringify(found.map(({cause, evidence}) => [cause, evidence]))).not.toContain('u:p');
	});

	test('of which nothing was read is not called missing', () => {
		expect(foundBy(serviceFaults, [asking('http://cart:80'), app('cart')], [{kind: 'Service', why: 'may not be listed'}])).toEqual([]);
	});
});

describe('a Service of another namespace than the one that is looked at', () => {
	const place = 'spec.template.spec.containers[web].env[URL].value';
	const found = (value: string, more = '') =>
		serviceFaults(
			surveyIn(
				`
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: data}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, env: [{name: URL, value: '${value}'}]}]}}}
---
{apiVersion: v1, kind: Service, metadata: {name: cart}, spec: {clusterIP: 10.0.0.2, ports: [{port: 6379}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: data}, spec: {clusterIP: 10.0.0.1, ports: [{port: 5432}]}}
${more}`,
				{namespace: 'shop'},
			),
		).map(cause => `${cause.id} ${cause.path} ${remediesOf([cause]).join()}`.replace(/\{"op":"test".*?\},/, ''));
	const exchanged = (how: string, value: string) =>
		`named-service-not-there ${place} ${how} resource_patch [{"op":"replace","path":"/spec/template/spec/containers/0/env/0/value","value":"${value}"}]`;
	const elsewhere = '---\n{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: data}, spec: {ports: [{port: 6379}]}}';

	test.each([
		[
			'in a namespace that is not there',
			'redis://cart.shop-stage.svc.cluster.local:6379',
			[exchanged('sure', 'redis://cart.shop.svc.cluster.local:6379')],
		],
		['in a namespace that is not there, in short', 'redis://cart.shop-stage:6379', [exchanged('sure', 'redis://cart:6379')]],
		[
			'in a namespace that is not there, at another port',
			'redis://cart.shop-stage.svc:80',
			[exchanged('choice', 'redis://cart.shop.svc:80')],
		],
		['in a namespace that is misspelt', 'postgres://db.dta.svc:5432/x', [exchanged('sure', 'postgres://db.data.svc:5432/x')]],
		['that is not in a namespace which is there', 'redis://cart.data.svc:6379', [exchanged('choice', 'redis://cart.shop.svc:6379')]],
		['that is there', 'postgres://db.data.svc.cluster.local:5432', []],
		['of the world', 'https://cart.example.com', []],
		['in a namespace of a stage that is not there', 'redis://cart.staging:6379', [exchanged('sure', 'redis://cart:6379')]],
		['in a short namespace that is misspelt, in short', 'postgres://db.dta:5432', [exchanged('sure', 'postgres://db.data:5432')]],
		['of the world in two steps', 'https://cart.io', []],
		['of the world in two steps, near to a namespace', 'https://db.date.example', []],
	])('%s', (_, value, expected) => {
		expect(found(value)).toEqual(expected);
	});

	test('that has namesakes everywhere is that of the own namespace', () => {
		expect(found('redis://cart.shop-stage.svc:6379', elsewhere)).toEqual([exchanged('sure', 'redis://cart.shop.svc:6379')]);
	});

	test('that is nowhere is told without a way, and by its namespace', () => {
		const [cause] = serviceFaults(survey([asking('http://otel.watch.svc:4317')]));
		expect(cause?.cause.en).toContain('there is no namespace watch');
		expect(cause?.remedies).toEqual([]);
	});

	test('whose namespaces were not read is not called one of none', () => {
		const [cause] = serviceFaults(survey([asking('http://otel.watch.svc:4317')], [{kind: 'Namespace', why: 'may not be listed'}]));
		expect(cause?.cause.en).toContain('there is no Service otel in namespace watch');
	});
});

const aliased = (workload: KubeObject): JsonObject => {
	const spec = workload.spec as JsonObject;
	const template = spec.template as JsonObject;
	return {...spec, template: {...template, spec: {...(template.spec as JsonObject), hostAliases: [{ip: '10.9.9.9', hostnames: ['cart']}]}}};
};

test('the Service of the pods of a CronJob is empty between its runs, and nobody is missed', () => {
	const template = {metadata: {labels: {app: 'cast'}}, spec: {containers: [{name: 'cast'}]}};
	const runs = object('batch/v1', 'CronJob', 'cast', {
		metadata: {creationTimestamp: '2026-05-01T11:00:00Z'},
		spec: {schedule: '50 1 * * 0', jobTemplate: {spec: {template}}},
	});
	const peers = service('cast', {clusterIP: 'None', ports: []});
	expect(incidents([peers])).toEqual(['medium selector-fits-no-pod Service/cast spec.selector.app']);
	expect(incidents([peers, runs])).toEqual([]);
});

describe('a selector that is too broad', () => {
	const wide = service('cart', {selector: {tier: 'back'}});
	const [cart, worker] = [app('cart', {}, {tier: 'back'}), app('worker', {ports: []}, {tier: 'back'})];
	const rows: Row[] = [
		['takes in another application', [wide, cart, worker], ['high selector-too-broad Service/cart spec.selector']],
		[
			'is for two tracks of one application',
			[wide, cart, app('cart-canary', {image: 'registry.example.com/shop/cart:2'}, {tier: 'back', app: 'cart'})],
			[],
		],
		['is for all on purpose', [service('all-metrics', {selector: {tier: 'back'}}), cart, worker], []],
	];
	test.each(rows)('%s', (_, objects, found) => {
		expect(foundBy(serviceFaults, objects)).toEqual(found);
	});
	test('is for two tracks, of which one has another port', () => {
		const canary = app(
			'cart-canary',
			{image: 'registry.example.com/shop/cart:2', ports: [{name: 'web', containerPort: 8080}]},
			{tier: 'back', app: 'cart'},
		);
		const found = ['high target-port-not-there Deployment/cart-canary spec.template.spec.containers[cart-canary].ports'];
		expect(foundBy(serviceFaults, [wide, cart, canary])).toEqual(found);
		expect(incidents([wide, well(canary), well(cart)])).toEqual(found);
	});
	test('is narrowed by what the others do not have', () => {
		expect(remediesOf(serviceFaults(survey([wide, cart, worker])))).toEqual(['sure resource_patch {"spec":{"selector":{"app":"cart"}}}']);
	});
});

test('a Service that is not there is exchanged for the one that was named before, with its port', () => {
	const [first] = remediesOf(
		serviceFaults(survey([asking('http://baskets:9200/'), ...revisions('http://cart:9300/'), app('cart'), service('cart')])),
	);
	expect(first).toMatch(/^sure resource_patch .*"value":"http:\/\/cart:9300\/"/);
});

test('where nothing was named before, the only Service at the port is offered', () => {
	const objects = [asking('tcp://otel.shop.svc:9200'), app('cart'), service('cart', {ports: [{port: 9200, targetPort: 'http'}]})];
	expect(remediesOf(serviceFaults(survey(objects)))).toEqual([
		expect.stringMatching(/^choice resource_patch .*"value":"tcp:\/\/cart\.shop\.svc:9200"/),
	]);
});

describe('the Service of a StatefulSet', () => {
	const set = {...app('db'), kind: 'StatefulSet', spec: {...(app('db').spec as JsonObject), serviceName: 'db'}};
	const alone = {...set, spec: {...set.spec, replicas: 1}};
	const rows: Row[] = [
		['is headless', [set, service('db', {clusterIP: 'None'})], []],
		['has gone, for a single pod that nobody asks for', [alone], ['low governing-service-not-there Service/db']],
		['has gone', [set], ['medium governing-service-not-there Service/db']],
		[
			'has gone, and somebody asks for it',
			[set, asking('db-0.db.shop.svc:8080', 'DB_HOST')],
			['high governing-service-not-there Service/db'],
		],
		[
			'has another name',
			[set, service('data', {clusterIP: 'None', selector: {app: 'db'}})],
			['medium governing-service-not-there StatefulSet/db spec.serviceName'],
		],
		['has an address, which hurts nobody', [set, service('db')], []],
		[
			'has an address, and a single pod is asked for',
			[set, service('db'), asking('db-0.db:80', 'DB_HOST')],
			['high governing-service-not-headless Service/db spec.clusterIP'],
		],
	];
	test.each(rows)('%s', (_, objects, found) => {
		expect(foundBy(serviceFaults, objects)).toEqual(found);
	});

	test.each([
		['ClusterIP', 1],
		['NodePort', 0],
		['LoadBalancer', 0],
	])('of type %s is made anew without an address in %d ways: whoever comes from outside keeps the way in', (type, ways) => {
		const objects = [set, service('db', {type, clusterIP: '10.96.0.7'}), asking('db-0.db:80', 'DB_HOST')];
		expect(remediesOf(serviceFaults(survey(objects)))).toHaveLength(ways);
	});
});

describe('a Service that leads elsewhere', () => {
	const alias = (externalName: string) => service('cart', {type: 'ExternalName', externalName, selector: undefined, ports: undefined});
	const balancer = (minutes: number, ingress: readonly JsonObject[] = []) => ({
		...service(
			'web',
			{type: 'LoadBalancer'},
			{creationTimestamp: new Date(Date.parse('2026-05-01T12:00:00Z') - minutes * 60_000).toISOString()},
		),
		status: {loadBalancer: {ingress}},
	});
	const rows: Row[] = [
		['to the world', [alias('db.example.com')], []],
		['to one that is not there', [alias('crat.shop.svc.cluster.local')], ['high external-name-not-there Service/cart spec.externalName']],
		['to a name that begins with a number', [alias('4.smtp.example.net')], []],
		['waits for its load balancer', [balancer(60)], ['low load-balancer-pending Service/web status.loadBalancer.ingress']],
		['has not waited long', [balancer(3)], []],
		['has its address', [balancer(60, [{ip: '192.0.2.1'}])], []],
	];
	test.each(rows)('%s', (_, objects, found) => {
		expect(foundBy(serviceFaults, objects)).toEqual(found);
	});
});

describe('a Service that stands for an address', () => {
	const alias = (externalName: string, metadata: JsonObject = {}) =>
		service('cart', {type: 'ExternalName', externalName, selector: undefined, ports: undefined}, metadata);
	const remedies = (...objects: readonly KubeObject[]) =>
		remediesOf(serviceFaults(survey(objects)).filter(({id}) => id === 'external-name-incomplete'));
	const applied = JSON.stringify({spec: {type: 'ExternalName', externalName: 'cart.example.net'}});
	test('becomes headless with a slice of it, where nobody says a port', () => {
		const slice = {
			op: 'create',
			ref: {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace: 'shop', name: 'cart-1'},
			manifest: {
				apiVersion: 'discovery.k8s.io/v1',
				kind: 'EndpointSlice',
				metadata: {
					name: 'cart-1',
					namespace: 'shop',
					labels: {'kubernetes.io/service-name': 'cart'},
				},
				addressType: 'IPv4',
				endpoints: [{addresses: ['10.61.4.12'], conditions: {ready: true}}],
				ports: [],
			},
		};
		const headless = {
			op: 'patch',
			ref: {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'cart'},
			type: 'merge',
			patch: {
				spec: {
					type: 'ClusterIP',
					externalName: null,
					clusterIP: 'None',
				},
			},
		};
		expect(remedies(alias('10.61.4.12'), asking('cart', 'CART_HOST'))).toEqual([`sure auto_recovery ${JSON.stringify([headless, slice])}`]);
	});
	const dns = object('v1', 'ConfigMap', 'coredns', {
		metadata: {namespace: 'kube-system'},
		data: {Corefile: '.:53 {\n    kubernetes cluster.local\n}'},
	});
	const patch = (from: string, to: string) =>
		`sure resource_patch [{"op":"test","path":"/spec/externalName","value":"${from}"},{"op":"replace","path":"/spec/externalName","value":"${to}"}]`;
	test.each([
		[
			'was applied as a name',
			[alias('10.61.4.12', {annotations: {'kubectl.kubernetes.io/last-applied-configuration': applied}})],
			['cart.example.net'],
		],
		['is one of the cluster', [alias('10.61.4.12'), service('basket', {clusterIP: '10.61.4.12'}), dns], ['basket.shop.svc.cluster.local']],
		['no slice may hold', [alias('127.0.0.1')], []],
	])('that %s', (_, objects, to) => {
		const from = String(objectAt(objects[0], 'spec').externalName);
		expect(remedies(...objects, asking('cart', 'CART_HOST'))).toEqual(to.map(each => patch(from, each)));
	});
});

describe('a Service and its pods', () => {
	const cart = app('cart');
	const targets = (port: JsonObject) => service('cart', {ports: [{name: 'http', port: 80, ...port}]});
	const rows: Row[] = [
		['fit', [cart, service('cart'), ownPod(cart)], []],
		[
			'of another name',
			[cart, service('cart', {selector: {app: 'crat'}}), ownPod(cart)],
			['high selector-fits-no-pod Service/cart spec.selector.app'],
		],
		[
			'of a port name that nobody has',
			[cart, targets({targetPort: 'web'})],
			['high target-port-not-there Service/cart spec.ports[http].targetPort'],
		],
		[
			'of a port name where no port is listed',
			[app('cart', {ports: []}), service('cart')],
			['high target-port-not-there Service/cart spec.ports[http].targetPort'],
		],
		['of a number where no port is listed', [app('cart', {ports: []}), targets({targetPort: 9090})], []],
		['of a number that a probe asks', [app('cart', {readinessProbe: {httpGet: {port: 9090}}}), targets({targetPort: 9090})], []],
		[
			'of another protocol',
			[cart, targets({targetPort: 8080, protocol: 'UDP'})],
			['high service-protocol-differs Service/cart spec.ports[http].protocol'],
		],
		['scaled to nothing', [{...cart, spec: {...(cart.spec as JsonObject), replicas: 0}}, service('cart')], []],
	];
	test.each(rows)('%s', (_, objects, found) => {
		const quiet = objects.map(each => (each.kind === 'Deployment' ? well(each) : each));
		// What the pods of a workload lack is told of it, and not of its Service.
		expect(incidents(quiet).filter(line => !/ (?:no-replicas|probe-port-not-there) /.test(line))).toEqual(found);
	});

	const set = (revision: string, template: JsonObject) =>
		object('apps/v1', 'ReplicaSet', `cart-${revision}`, {
			metadata: {
				annotations: {'deployment.kubernetes.io/revision': revision},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', uid: 'u', controller: true}],
			},
			spec: {replicas: 0, template},
		});
	const templateOf = (workload: KubeObject) => (workload.spec as JsonObject).template as JsonObject;
	test('of a port whose name the workload has changed', () => {
		const renamed = app('cart', {ports: [{name: 'web', containerPort: 8080}]});
		const all = [well(changed(renamed, 1)), changed(service('cart'), 60), set('1', templateOf(app('cart'))), set('2', templateOf(renamed))];
		expect(incidents(all)).toEqual(['high target-port-not-there Deployment/cart spec.template.spec.containers[cart].ports[http].name']);
	});
	const way = (before: JsonObject, after: JsonObject, port: JsonObject, ready: KubeObject['status'] = undefined) => {
		const [then, now] = [app('cart', before), app('cart', after)];
		const all = [
			{...well(changed(now, 1)), ...(ready === undefined ? {} : {status: ready})},
			changed(targets(port), 60),
			set('1', templateOf(then)),
			set('2', templateOf(now)),
		];
		return detect(survey(all))
			.incidents.filter(({cause}) => cause.id === 'target-port-not-there')
			.map(
				({cause}) => `${cause.resource.kind} ${cause.remedies.map(({text, sure}) => `${sure ? 'sure' : 'choice'} ${text.en}`).join('; ')}`,
			);
	};
	const asks = (port: number | string) => ({readinessProbe: {httpGet: {port, path: '/'}}});
	const [old, gossip, moved] = [{containerPort: 8080}, {name: 'gossip', containerPort: 7946}, {containerPort: 9000}];
	const follows = 'Service sure Set the target port of Service shop/cart to 9000; choice';
	test.each<[string, readonly [JsonObject, JsonObject, JsonObject], string]>([
		['with its probe', [{ports: [old, gossip], ...asks(8080)}, {ports: [moved, gossip], ...asks(9000)}, {targetPort: 8080}], follows],
		[
			'with its argument',
			[{ports: [gossip, old], args: ['--listen=:8080']}, {ports: [gossip, moved], args: ['--listen=:9000']}, {targetPort: 8080}],
			follows,
		],
		[
			'with its variable',
			[
				{ports: [old, gossip], env: [{name: 'PORT', value: '8080'}]},
				{ports: [moved, gossip], env: [{name: 'PORT', value: '9000'}]},
				{targetPort: 8080},
			],
			follows,
		],
		[
			'with its image',
			[{ports: [old, gossip]}, {ports: [moved, gossip], image: 'registry.example.com/shop/cart:2'}, {targetPort: 8080}],
			follows,
		],
		[
			'with its name, and the probe by it',
			[
				{ports: [{name: 'http', containerPort: 8080}, gossip], ...asks('http')},
				{ports: [{name: 'web', containerPort: 9000}, gossip], ...asks('web')},
				{targetPort: 'http'},
			],
			follows,
		],
		[
			'with nothing else',
			[{ports: [old, gossip]}, {ports: [gossip, moved]}, {targetPort: 8080}],
			'Deployment choice Give Deployment shop/cart its port 8080 back',
		],
	])('of a port that the workload moved %s', (_, [before, after, port], expected) => {
		expect(way(before, after, port)).toEqual([expect.stringContaining(expected)]);
	});
	test('of a port that the workload moved with a probe that no pod passes', () => {
		const status = {
			replicas: 4,
			readyReplicas: 3,
			updatedReplicas: 1,
			availableReplicas: 3,
			conditions: [{type: 'Available', status: 'True'}],
		};
		const found = way({ports: [old, gossip], ...asks(8080)}, {ports: [moved, gossip], ...asks(9000)}, {targetPort: 8080}, status);
		expect(found.join()).not.toContain('sure Set the target port');
	});
	test('of a label that the workload has lost', () => {
		const [before, after] = [app('cart', {}, {tier: 'front'}), app('cart', {}, {tier: 'edge'})];
		const all = [
			well(changed(after, 1)),
			changed(service('cart', {selector: {app: 'cart', tier: 'front'}}), 60),
			set('1', templateOf(before)),
			set('2', templateOf(after)),
		];
		expect(incidents(all)).toEqual(['high selector-fits-no-pod Deployment/cart spec.template.metadata.labels.tier']);
	});
});

const well = (workload: KubeObject): KubeObject => ({
	...workload,
	status: {
		replicas: 4,
		readyReplicas: 4,
		updatedReplicas: 4,
		availableReplicas: 4,
		conditions: [{type: 'Available', status: 'True'}],
	},
});

test('a Service whose last pods are those of an older template is told before they go', () => {
	const labelled = (labels: JsonObject) => ({template: {metadata: {labels}, spec: {containers: [{name: 'cart', image: 'cart:2'}]}}});
	const parts = (labels: JsonObject) => ({spec: {selector: {matchLabels: {app: 'cart'}}, replicas: 1, ...labelled(labels)}});
	const cart = object('apps/v1', 'Deployment', 'cart', parts({app: 'cart', tier: 'back'}));
	const set = object('apps/v1', 'ReplicaSet', 'cart-1', {
		...parts({app: 'cart', tier: 'front'}),
		metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', uid: 'u', controller: true}]},
	});
	const old = object('v1', 'Pod', 'cart-1-a', {
		metadata: {
			labels: {app: 'cart', tier: 'front'},
			ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'cart-1', uid: 'u', controller: true}],
		},
		spec: {containers: []},
	});
	const asks = (tier: string) => service('cart', {selector: {app: 'cart', tier}});
	const lines = (tier: string) => incidents([cart, set, old, asks(tier)]).filter(line => line.includes('selector-fits-no-pod'));
	expect(lines('front')).toHaveLength(1);
	expect(lines('back')).toEqual([]);
});
