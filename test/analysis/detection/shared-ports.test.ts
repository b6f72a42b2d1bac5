import {describe, expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const web = '{name: web, image: "r.example/web:1", ports: [{name: http, containerPort: 3000}]}';
const mesh = (port = 'http', more = '') => `{name: mesh, image: "r.example/mesh:1", ports: [{name: ${port}, containerPort: 15021}]${more}}`;
const owner = '{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}';
const spec = (containers: string, more = '') => `{containers: [${containers}]${more}}`;
const revision = (number: number, pod: string) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: web-${number}, annotations: {deployment.kubernetes.io/revision: '${number}'}, ownerReferences: [${owner}]}
spec: {template: {metadata: {labels: {app: web}}, spec: ${pod}}}
---`;
const deployment = (pod: string, former?: string, name = 'web') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: ${name}}
spec: {selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: ${pod}}}
---${former === undefined ? '' : revision(1, former) + revision(2, pod)}`;
const service = (target = 'http', more = '') => `
kind: Service
apiVersion: v1
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: ${target}}]${more}}
---`;
const place = 'Deployment/web spec.template.spec.containers[mesh].ports[http].name';

describe('a port name that two containers have', () => {
	test.each([
		['of which the one of before comes first', deployment(spec(`${web}, ${mesh()}`), spec(web)) + service(), []],
		[
			'of which a sidecar has taken the place',
			deployment(spec(`${mesh()}, ${web}`), spec(web)) + service(),
			[`high port-name-taken ${place} remedy`],
		],
		[
			'of which one has the name of the workload',
			deployment(spec(`${mesh()}, ${web}`)) + service(),
			[`high port-name-taken ${place} remedy`],
		],
		[
			'of which nobody knows which is meant',
			deployment(spec(`${mesh()}, ${web}`)).replaceAll('name: web, image', 'name: app, image') + service(),
			[],
		],
		['while the Service goes by number', deployment(spec(`${mesh()}, ${web}`), spec(web)) + service('3000'), []],
		['of another protocol', deployment(spec(`${mesh().replace('15021', '15021, protocol: UDP')}, ${web}`), spec(web)) + service(), []],
		[
			'of which a sidecar among the init containers has one',
			deployment(spec(web, `, initContainers: [${mesh('http', ', restartPolicy: Always')}]`), spec(web)) + service(),
			[],
		],
		['that no Service goes by', deployment(spec(`${mesh()}, ${web}`), spec(web)), []],
		['apart', deployment(spec(`${mesh('status')}, ${web}`), spec(web)) + service(), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(serviceFaults, yaml)).toEqual(found);
	});

	test('goes from the sidecar, whose own probe goes by number then', () => {
		const pod = spec(`${mesh('http', ', readinessProbe: {httpGet: {path: /, port: http}}')}, ${web}`);
		expect(surePatches(serviceFaults, deployment(pod, spec(web)) + service())).toEqual([
			'[{"op":"test","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"},{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/name","value":"mesh-15021"},{"op":"test","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":"http"},{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":15021}]',
		]);
	});

	test('gets the name that it has elsewhere', () => {
		const other = deployment(spec(`${mesh('mesh-status')}, ${web}`), undefined, 'other');
		const [patch] = surePatches(serviceFaults, deployment(spec(`${mesh()}, ${web}`), spec(web)) + service() + other);
		expect(patch).toContain('"value":"mesh-status"');
	});
});

const asking = (address: string, changed = 5) => `
kind: Deployment
apiVersion: apps/v1
changed: ${changed}
metadata: {name: caller}
spec: {selector: {matchLabels: {app: caller}}, template: {metadata: {labels: {app: caller}}, spec: {containers: [{name: caller, image: 'r.example/c:1', env: [{name: WEB_ADDR, value: '${address}'}]}]}}}
---`;
const headless = (target: string) => service(target, ', clusterIP: None');
const named = 'high named-port-not-there Deployment/caller spec.template.spec.containers[caller].env[WEB_ADDR].value';

describe('a headless Service', () => {
	test.each([
		['asked at the port of its pods', 'web:3000', headless('http'), []],
		['asked at its own port, at which no pod listens', 'web:80', headless('http'), [`${named} remedy`]],
		['whose target is a number', 'http://web.shop.svc:80/x', headless('3000'), [`${named} remedy`]],
		['asked for one of its pods', 'web-0.web.shop.svc.cluster.local:80', headless('http'), [`${named} remedy`]],
		['asked without a port', 'http://web', headless('http'), []],
		['with an address of its own', 'web:80', service('http'), []],
	])('%s', (_, address, yaml, found) => {
		expect(faultLines(serviceFaults, deployment(spec(web)) + yaml + asking(address))).toEqual(found);
	});

	test('whose pods list no port, or say that they listen there, may answer', () => {
		const silent = spec('{name: web, image: "r.example/web:1"}');
		const told = spec(web.replace('{name: web', '{name: web, args: ["--listen=:80"]'));
		for (const pod of [silent, told]) expect(faultLines(serviceFaults, deployment(pod) + headless('3000') + asking('web:80'))).toEqual([]);
	});

	test('is asked at the port of its pods', () => {
		expect(surePatches(serviceFaults, deployment(spec(web)) + headless('http') + asking('web:80'))).toEqual([
			'[{"op":"test","path":"/spec/template/spec/containers/0/env/0/value","value":"web:80"},{"op":"replace","path":"/spec/template/spec/containers/0/env/0/value","value":"web:3000"}]',
		]);
	});
});
