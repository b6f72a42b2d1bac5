import {describe, expect, test} from 'vitest';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {declaredFlows, declaredOutside} from '../../../src/analysis/policies/flows/declared-flows.ts';
import {type FlowPolicy, flowPolicies} from '../../../src/analysis/policies/flows/flow-policies.ts';
import {observedFlows} from '../../../src/analysis/policies/flows/observed-flows.ts';
import {proveFlows} from '../../../src/analysis/policies/flows/prove-flows.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const made = (apiVersion: string, kind: string, name: string, namespace: string | undefined, rest: object): KubeObject =>
	({apiVersion, kind, metadata: {name, ...(namespace === undefined ? {} : {namespace})}, ...rest}) as unknown as KubeObject;

const deployment = (
	name: string,
	port: number,
	{env = [], annotations = {}, namespace = 'shop'}: {env?: readonly Json[]; annotations?: JsonObject; namespace?: string} = {},
) =>
	made('apps/v1', 'Deployment', name, namespace, {
		spec: {
			selector: {matchLabels: {app: name}},
			template: {
				metadata: {labels: {app: name}, annotations},
				spec: {
					containers: [{name, image: `${name}:1`, env, ports: [{name: 'main', containerPort: port}], livenessProbe: {tcpSocket: {port}}}],
				},
			},
		},
	});
const service = (name: string, port: number, targetPort: number | string, namespace = 'shop') =>
	made('v1', 'Service', name, namespace, {spec: {selector: {app: name}, ports: [{port, targetPort}]}});

const objects = [
	...['shop', 'data', 'monitoring'].map(name => made('v1', 'Namespace', name, undefined, {})),
	deployment('web', 8080, {
		env: [
			{name: 'DB_URL', value: 'postgres://db.data.svc:5432/shop'},
			{name: 'MAIL', value: 'https://mail.example.com'},
		],
	}),
	deployment('db', 5432, {namespace: 'data'}),
	deployment('worker', 9000, {annotations: {'prometheus.io/scrape': 'true', 'prometheus.io/port': '9100'}}),
	service('web', 80, 'main'),
	service('db', 5432, 5432, 'data'),
	made('networking.k8s.io/v1', 'Ingress', 'shop', 'shop', {
		spec: {rules: [{http: {paths: [{path: '/', backend: {service: {name: 'web', port: {number: 80}}}}]}}]},
	}),
	made('v1', 'Service', 'ingress-nginx-controller', 'ingress', {spec: {selector: {app: 'nginx'}, ports: [{port: 80}]}}),
];
const survey = surveyOf({takenAt: '2026-11-28T00:00:00Z', objects, unread: []});
const flows = declaredFlows(survey, {scrapers: ['monitoring']});
const all = {flows, outside: declaredOutside(survey)};
const policies = (egress: boolean) => flowPolicies(survey.workloads(), all, egress);

function policyFor(name: string, egress = false): FlowPolicy {
	const found = policies(egress).find(({workload}) => workload.metadata.name === name);
	if (found === undefined) throw new Error(`there is no policy for ${name}`);
	return found;
}

describe('what objects declare', () => {
	test('becomes rules: who names a Service, who routes to it, and who reads metrics', () => {
		expect(policyFor('db').policy).toMatchObject({
			metadata: {name: 'mkcoa-deployment-db', namespace: 'data'},
			spec: {
				podSelector: {matchLabels: {app: 'db'}},
				policyTypes: ['Ingress'],
				ingress: [
					{
						from: [
							{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'shop'}}, podSelector: {matchLabels: {app: 'web'}}},
							{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'monitoring'}}},
						],
						ports: [{port: 5432, protocol: 'TCP'}],
					},
				],
			},
		});
		expect(policyFor('web').policy.spec).toMatchObject({
			ingress: expect.arrayContaining([
				{
					from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'ingress'}}}],
					ports: [{port: 'main', protocol: 'TCP'}],
				},
			]),
		});
		expect(policyFor('worker').policy.spec).toMatchObject({
			ingress: [
				{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'monitoring'}}}], ports: [{port: 9100, protocol: 'TCP'}]},
			],
		});
	});

	test('limits what pods ask, and lets names be answered', () => {
		expect(policyFor('web', true).policy.spec).toMatchObject({
			policyTypes: ['Ingress', 'Egress'],
			egress: [
				{
					ports: [
						{port: 53, protocol: 'UDP'},
						{port: 53, protocol: 'TCP'},
					],
				},
				{
					to: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'data'}}, podSelector: {matchLabels: {app: 'db'}}}],
					ports: [{port: 5432, protocol: 'TCP'}],
				},
				{to: [{ipBlock: {cidr: '0.0.0.0/0', except: expect.arrayContaining(['10.0.0.0/8'])}}], ports: [{port: 443, protocol: 'TCP'}]},
			],
		});
	});
});

describe('the proof', () => {
	test.each([false, true])('lets pass what has to, and nobody else (egress %s)', egress => {
		for (const each of policies(egress)) {
			const {passed, refused, wrong} = proveFlows(each);
			expect(wrong).toEqual([]);
			expect(refused).toBeGreaterThan(0);
			expect(passed).toBeGreaterThan(0);
		}
	});

	test.each([
		['no answer to names', {egress: []}, /DNS over UDP/],
		['no scraping', {ingress: []}, /Prometheus reads its metrics/],
		['everybody', {ingress: [{}]}, /would let through: a stranger/],
	])('finds a policy that has %s', (_, spec, said) => {
		const right = policyFor('worker', true);
		const policy = {...right.policy, spec: {...(right.policy.spec as JsonObject), ...spec}} as unknown as KubeObject;
		expect(proveFlows({...right, policy}).wrong.join('\n')).toMatch(said);
	});
});

describe('what a network saw', () => {
	const hubble = (flow: object) => JSON.stringify({flow});
	const end = (namespace: string, app: string) => ({
		namespace,
		labels: [`k8s:app=${app}`, 'k8s:io.kubernetes.pod.namespace=x'],
		pod_name: `${app}-1-2`,
	});
	const asked = {l4: {TCP: {destination_port: 9000}}, verdict: 'FORWARDED'};

	test('is read from lines and from Hubble', () => {
		const text = [
			'# a comment',
			'shop/web -> shop/worker:9000/TCP',
			hubble({...asked, source: end('shop', 'web'), destination: end('shop', 'worker')}),
			hubble({...asked, is_reply: true, source: end('shop', 'worker'), destination: end('shop', 'web')}),
			hubble({...asked, verdict: 'DROPPED', source: end('data', 'db'), destination: end('shop', 'worker')}),
			hubble({...asked, source: {labels: ['reserved:host']}, destination: end('shop', 'worker')}),
			hubble({...asked, IP: {destination: '203.0.113.9'}, source: end('shop', 'worker'), destination: {labels: ['reserved:world']}}),
			'shop/gone -> shop/worker:9000',
			'{"flow": ',
		].join('\n');
		const {flows: seen, outside, unknown} = observedFlows(text, survey);
		expect(
			seen.map(({from, to, ports}) => [from.kind === 'workload' ? from.workload.metadata.name : from.kind, to.metadata.name, ports]),
		).toEqual([
			['web', 'worker', [{port: 9000, protocol: 'TCP'}]],
			['web', 'worker', [{port: 9000, protocol: 'TCP'}]],
		]);
		expect(outside.map(({from, cidr, ports}) => [from.metadata.name, cidr, ports])).toEqual([
			['worker', '203.0.113.9/32', [{port: 9000, protocol: 'TCP'}]],
		]);
		expect(unknown).toEqual(['shop/gone -> shop/worker:9000', '{"flow":']);
	});

	test('is let in beside what is declared', () => {
		const seen = observedFlows('shop/web -> shop/worker:9000', survey);
		const [policy] = flowPolicies(
			survey.workloads().filter(({metadata}) => metadata.name === 'worker'),
			{flows: [...flows, ...seen.flows], outside: []},
			false,
		);
		expect(policy?.policy.spec).toMatchObject({
			ingress: expect.arrayContaining([{from: [{podSelector: {matchLabels: {app: 'web'}}}], ports: [{port: 9000, protocol: 'TCP'}]}]),
		});
	});
});
