import {guards, intents, telling, wholes} from '../../src/agents/router/intents.ts';
import {route} from '../../src/agents/router/route/route.ts';
import type {Understanding} from '../../src/agents/router/understanding.ts';
import {routerWorld, thing} from './router-world.ts';

const nowMs = Date.parse('2026-11-26T12:00:00Z');

const container = (image: string, more: object = {}) => ({name: 'main', image, ports: [{name: 'http', containerPort: 8080}], ...more});
const template = (app: string, containers: readonly object[], more: object = {}) => ({
	metadata: {labels: {app}},
	spec: {containers, ...more},
});
const workload = (kind: string, name: string, replicas: number, containers: readonly object[], more: object = {}) => {
	const app = name.slice(name.indexOf('/') + 1);
	return thing(kind, name, {
		labels: {app, team: app === 'dough' ? 'bread' : 'sweets'},
		spec: {replicas, selector: {matchLabels: {app}}, template: template(app, containers, more)},
		status: {readyReplicas: app === 'glaze' ? 0 : replicas},
	});
};
const pod = (name: string, app: string, status: object) =>
	thing('Pod', name, {labels: {app}, spec: {nodeName: 'rack-1', containers: [{name: 'main'}]}, status});
const ready = {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]};
const requests = (cpu: string, memory: string) => ({resources: {requests: {cpu, memory}}});

const rights = [
	thing('Role', 'oven/baker', {
		rules: [
			{apiGroups: [''], resources: ['pods'], verbs: ['get', 'delete']},
			{apiGroups: [''], resources: ['pods/log'], verbs: ['list']},
		],
	}),
	thing('RoleBinding', 'oven/baker-hana', {
		roleRef: {kind: 'Role', name: 'baker'},
		subjects: [{kind: 'User', name: 'hana@bakery.example'}],
	}),
	thing('ClusterRole', 'master', {rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}),
	thing('ClusterRoleBinding', 'masters', {
		roleRef: {kind: 'ClusterRole', name: 'master'},
		subjects: [{kind: 'Group', name: 'owners'}],
	}),
];

/** A small bakery: two namespaces, some of it sick. */
const bakery = routerWorld([
	workload('Deployment', 'oven/dough', 3, [
		container('bakery.example/dough:1.4', {...requests('200m', '1Gi'), envFrom: [{configMapRef: {name: 'recipes'}}]}),
	]),
	workload('Deployment', 'oven/glaze', 2, [container('bakery.example/glaze:0.9', {readinessProbe: {httpGet: {path: '/', port: 9999}}})]),
	workload('StatefulSet', 'oven/larder', 1, [container('redis:7.2', requests('2', '512Mi'))]),
	workload('Deployment', 'counter/till', 4, [container('bakery.example/till:2.0', requests('100m', '128Mi'))]),
	workload('Deployment', 'counter/dough', 1, [container('bakery.example/dough:1.5-beta')]),
	thing('CronJob', 'oven/nightly-proof', {
		spec: {
			schedule: '15 2 * * *',
			suspend: true,
			jobTemplate: {spec: {template: template('proof', [container('bakery.example/proof:1')])}},
		},
	}),
	thing('CronJob', 'counter/close-books', {
		spec: {schedule: '0 22 * * 1-5', jobTemplate: {spec: {template: template('books', [container('bakery.example/books:3')])}}},
	}),
	thing('Service', 'counter/till', {spec: {selector: {app: 'tlil'}, ports: [{port: 80, targetPort: 8080}]}}),
	thing('Service', 'oven/dough', {spec: {selector: {app: 'dough'}, ports: [{port: 80, targetPort: 8080}]}}),
	thing('Ingress', 'counter/shopfront', {
		spec: {rules: [{host: 'bread.example.org', http: {paths: [{path: '/', backend: {service: {name: 'till', port: {number: 80}}}}]}}]},
	}),
	thing('ConfigMap', 'oven/recipes', {data: {rye: '1'}}),
	thing('ConfigMap', 'oven/old-menu', {data: {text: 'x'}}),
	thing('Node', 'rack-1', {status: {conditions: [{type: 'Ready', status: 'True'}]}}),
	thing('Node', 'rack-2', {spec: {unschedulable: true}, status: {conditions: [{type: 'Ready', status: 'True'}]}}),
	pod('oven/dough-1', 'dough', ready),
	pod('oven/glaze-1', 'glaze', {
		phase: 'Running',
		conditions: [{type: 'Ready', status: 'False'}],
		containerStatuses: [{name: 'main', ready: false, state: {running: {}}}],
	}),
	pod('oven/larder-0', 'larder', ready),
	pod('counter/till-1', 'till', ready),
	thing('Event', 'oven/e1', {
		type: 'Warning',
		reason: 'Unhealthy',
		message: 'Readiness probe failed: connection refused',
		involvedObject: {kind: 'Pod', name: 'glaze-1', namespace: 'oven'},
		lastTimestamp: '2026-11-26T11:50:00Z',
		count: 12,
	}),
	thing('Event', 'oven/e2', {
		type: 'Normal',
		reason: 'Pulled',
		message: 'Image was there',
		involvedObject: {kind: 'Pod', name: 'dough-1', namespace: 'oven'},
		lastTimestamp: '2026-11-26T08:00:00Z',
	}),
	...rights,
]);

/** What a request to the bakery comes to, by all guards and intents. */
export const askBakery = (request: string): Promise<readonly Understanding[]> =>
	route(request, bakery, {guards, wholes, intents, telling, nowMs});

const textOf = (one: Understanding): string => {
	if (one.kind === 'calls') return one.calls.map(({tool, input}) => `${tool} ${JSON.stringify(input)}`).join('\n');
	return one.kind === 'refusal' ? `refusal: ${one.why}` : `${one.kind}: ${one.text}`;
};

/** What was understood, as text: answers and questions with their kind before them, calls with their input as JSON. */
export const understoodText = (understood: readonly Understanding[]) => understood.map(textOf).join('\n');
