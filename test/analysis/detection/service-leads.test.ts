import {expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';

const app = (name: string, more = '', env = '') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: ${name}}
spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: ${name}, ports: [{name: http, containerPort: 8080}]${env}}]}}${more}}
---`;
const service = (name: string, to: string, changed = '', more = '') => `
kind: Service
apiVersion: v1
${changed}
metadata: {name: ${name}}
spec: {clusterIP: 10.96.0.9, selector: {app: ${to}}, ports: [{name: http, port: 80, targetPort: http}]${more}}
---`;
const lately = 'changed: 5';
const both = app('orders') + app('payments');

test.each([
	['cross', both + service('orders', 'payments') + service('payments', 'orders'), ['orders', 'payments']],
	['was pointed at another lately', both + service('orders', 'payments', lately) + service('payments', 'payments'), ['orders']],
	['has led to another for long', both + service('orders', 'payments') + service('payments', 'payments'), []],
	[
		'stands in for what is off',
		app('orders').replace('replicas: 1', 'replicas: 0') +
			app('payments') +
			service('orders', 'payments', lately) +
			service('payments', 'payments'),
		[],
	],
	['leads to pods of no other Service', both + service('orders', 'payments', lately), []],
	[
		'a controller of rollouts leads from one version to the next',
		both +
			service('orders', 'payments', lately).replace(
				'{name: orders}',
				'{name: orders, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: orders, uid: u, controller: true}]}',
			) +
			service('payments', 'payments'),
		[],
	],
	['leads to its own', both + service('orders', 'orders', lately) + service('payments', 'payments'), []],
])('a selector that %s', (_, yaml, found) => {
	expect(faultLines(serviceFaults, yaml).filter(line => line.includes('selector-of-another'))).toEqual(
		found.map(name => `high selector-of-another Service/${name} spec.selector remedy`),
	);
});

test('selectors that cross are given the labels of their own', () => {
	const [orders, payments] = [service('orders', 'payments'), service('payments', 'orders')];
	// A standby may have been made the primary.
	expect(surePatches(serviceFaults, both + orders + payments)).toEqual([]);
	const applied = JSON.stringify({spec: {selector: {app: 'orders'}}});
	const edited = orders.replace(
		'{name: orders}',
		`{name: orders, annotations: {kubectl.kubernetes.io/last-applied-configuration: '${applied}'}}`,
	);
	expect(surePatches(serviceFaults, both + edited + payments)[0]).toEqual(
		'[{"op":"test","path":"/spec/selector","value":{"app":"payments"}},{"op":"replace","path":"/spec/selector","value":{"app":"orders"}}]',
	);
});

test('traffic that was led over to the next version is led back by a person alone', () => {
	const next = app('web') + app('web-green') + service('web', 'web-green', lately) + service('web-green', 'web-green');
	expect(faultLines(serviceFaults, next)).toEqual(['high selector-of-another Service/web spec.selector remedy']);
	expect(surePatches(serviceFaults, next)).toEqual([]);
});

const external = (name: string, ports = '', annotations = '') => `
kind: Service
apiVersion: v1
metadata: {name: db, annotations: {${annotations}}}
spec: {type: ExternalName, externalName: ${name}${ports}}
---`;

const asksIt = app('reader', '', ', env: [{name: DB, value: "db:5432"}]');

test.each([
	['an address', external('203.0.113.7', ', ports: [{port: 5432}]'), ['remedy']],
	['an address at no known port', external('203.0.113.7'), ['remedy']],
	['a short name of the cluster', service('orders', 'orders') + app('orders') + external('orders'), ['remedy']],
	['a name of the world', external('db.example.com'), []],
	['a whole name of the cluster', service('orders', 'orders') + app('orders') + external('orders.shop.svc.cluster.local'), []],
	['a word that is of no Service', external('legacy'), []],
])('an external name that is %s', (_, yaml, found) => {
	const is = (severity: string) => found.map(way => `${severity} external-name-incomplete Service/db spec.externalName ${way}`);
	expect(faultLines(serviceFaults, yaml)).toEqual(is('low'));
	expect(faultLines(serviceFaults, yaml + asksIt).filter(line => line.includes('incomplete'))).toEqual(
		yaml.includes('203') ? ['high external-name-incomplete Service/db spec.externalName remedy'] : is('high'),
	);
	// A proxy may take the name as it is.
	expect(surePatches(serviceFaults, yaml)).toEqual([]);
});

test.each([
	['PGHOST', 'high'],
	['dbhost', 'high'],
	['GHOST', 'low'],
	['PGDATABASE', 'low'],
])('a host under the key %s is asked: %s', (key, severity) => {
	const asking = app('reader', '', `, env: [{name: ${key}, value: db}]`);
	expect(faultLines(serviceFaults, external('203.0.113.7') + asking)).toEqual([
		`${severity} external-name-incomplete Service/db spec.externalName remedy`,
	]);
});

test('an address gets endpoints, and a short name is completed', () => {
	const [cause] = serviceFaults(surveyIn(external('203.0.113.7') + asksIt));
	expect(
		cause?.remedies[0]?.writes?.map(write => ('manifest' in write ? write.manifest.endpoints : 'patch' in write ? write.patch : '')),
	).toEqual([
		{spec: {type: 'ClusterIP', externalName: null, ports: [{name: '', port: 5432, protocol: 'TCP'}]}},
		[{addresses: ['203.0.113.7'], conditions: {ready: true}}],
	]);
	const short = service('orders', 'orders') + app('orders') + external('orders') + asksIt;
	const dns = (domain: string) => `
kind: ConfigMap
apiVersion: v1
metadata: {name: rke2-coredns-rke2-coredns, namespace: kube-system}
data: {Corefile: ".:53 {\\n    kubernetes ${domain} in-addr.arpa\\n}"}
---`;
	expect(surePatches(serviceFaults, dns('prod.acme') + short)[0]).toContain('"orders.shop.svc.prod.acme"');
	// The domain of a cluster whose DNS nobody sees is a guess.
	expect(surePatches(serviceFaults, short)).toEqual([]);
	expect(serviceFaults(surveyIn(short))[0]?.remedies[0]?.input.patch).toContain('"orders.shop.svc.cluster.local"');
	const before = `kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify({spec: {externalName: 'db.example.com'}})}'`;
	expect(surePatches(serviceFaults, external('203.0.113.7', '', before) + asksIt)[0]).toContain('"db.example.com"');
});

const pod = (of: string, node: string) => `
kind: Pod
apiVersion: v1
metadata: {name: ${of}-${node}, labels: {app: ${of}}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: ${of}, uid: u, controller: true}]}
spec: {nodeName: ${node}, containers: []}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
---`;
const local = service('orders', 'orders', lately, ', internalTrafficPolicy: Local');
const asking = app('web', '', ', env: [{name: URL, value: "http://orders"}]');

test.each([
	['on another node', local + pod('web', 'n2'), ['high local-traffic-unserved Service/orders spec.internalTrafficPolicy remedy']],
	['on its own node', local + pod('web', 'n1'), []],
	['on another node, of a Service for all', local.replace('Local', 'Cluster') + pod('web', 'n2'), []],
])('a Service that keeps requests on their node, asked %s', (_, yaml, found) => {
	expect(faultLines(serviceFaults, app('orders') + asking + pod('orders', 'n1') + yaml)).toEqual(found);
});
