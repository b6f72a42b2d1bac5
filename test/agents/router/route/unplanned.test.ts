import {expect, test} from 'vitest';
import {unplannedIn} from '../../../../src/agents/router/route/unplanned.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const workload = (name: string, replicas: number) =>
	thing('Deployment', name, {
		labels: {pier: 'north'},
		spec: {
			replicas,
			template: {
				spec: {containers: [{name: 'main', image: 'reg.example.org/port/a:1.0.0', resources: {limits: {memory: '1Gi'}}}]},
			},
		},
	});
const world = routerWorld([workload('port/ferry', 3), workload('port/radar', 5)]);
const calls = [
	{tool: 'workload_scale', input: {workload: 'deployment/ferry', replicas: 4}},
	{
		tool: 'resource_patch',
		input: {kind: 'Deployment', name: 'ferry', patch: '[{"value":"1536Mi"},{"value":"reg.example.org/port/a:1.2.0"}]'},
	},
];

test.each([
	['scale ferry to 4 and radar to 6', '6'],
	['ferry to 4 with a memory limit of 3Gi', '3Gi'],
	['ferry to 4 and TIDE_URL on it', 'TIDE_URL'],
	['ferry to 4, label it dock=west', 'dock=west'],
	['put ferry on 1.2.0 and radar on 2.0.1', '2.0.1'],
	['ferry 4개로, radar는 7개로 늘려줘', '7개'],
	['we should have five of the ferry', 'five'],
	['ferry to 4 with a grace period of 45 seconds', '45 seconds'],
	['ferry to 4 for all three crews', undefined],
	['ferry to 4, so that one boat in five is new', undefined],
	['손님이 볼 수 있게 문을 열 수 있도록 ferry 4개로', undefined],
	['scale ferry to four', undefined],
	['ferry to 4, and its limit of memory to 1.5Gi within 20 seconds', '20 seconds'],
	['ferry to 4 with its files under /var/ferry', '/var/ferry'],
	['radar moves to 2.0.1 with 3 replicas, ferry to 4', '2.0.1'],
	['ferry to 4, and radar goes from 5 replicas to 7', '7'],
	['three changes: ferry to 4', undefined],
	['ferry to 4 with a memory limit of 1.5Gi', undefined],
	['move ferry from 1.0.0 to 1.2.0', undefined],
	['scale ferry from 3 to 4', undefined],
	['scale ferry by 9, to 4', undefined],
	['what has pier=north, which is ferry, to 4', undefined],
	// What is told orders nothing.
	['ferry was slow at 9 this morning. scale it to 4', undefined],
])('%s', async (request, value) => {
	expect(await unplannedIn(request, calls, world)).toBe(value);
});

test.each([
	['cron', 'tide to 1.2.0, at 5:15', {kind: 'CronJob', patch: '[{"value":"a:1.2.0"}]'}, '5:15'],
	['cron', 'tide at 5:15', {kind: 'CronJob', patch: '[{"value":"15 5 * * *"}]'}, undefined],
	['probe', 'readiness of ferry every 20s, 4 failures', {patch: '[{"path":"/failureThreshold","value":4}]'}, '20s'],
	['share', 'ferry to 1.2.0, memory up by half', {patch: '[{"value":"a:1.2.0"}]'}, 'half'],
	['pods', 'ferry to 1.2.0 and two replicas', {patch: '[{"value":"a:1.2.0"}]'}, 'two'],
])('a %s has its own values: %s', async (_, request, input, value) => {
	expect(await unplannedIn(request, [{tool: 'resource_patch', input}], world)).toBe(value);
});

const made = (manifest: string) => [{tool: 'resource_apply', input: {manifest}}];
const port = routerWorld([
	workload('port/ferry', 3),
	thing('Secret', 'port/harbour-tls', {}),
	thing('StorageClass', 'fast-disk', {}),
	thing('ConfigMap', 'port/tide-table', {data: {}}),
]);

test.each([
	['Create a pod peek in port, image a:1, restart policy Never', 'restartPolicy: Always', 'Never'],
	['Create a claim log in port of class fast-disk', 'kind: PersistentVolumeClaim', 'fast-disk'],
	['Create an ingress pier in port for pier.example.org, TLS from harbour-tls', 'host: pier.example.org', 'harbour-tls'],
	// What is told of the thing that is made is a wish, too.
	['Create a stateful set log in port. Its volume is mounted at /data/log.', 'kind: StatefulSet', '/data/log'],
	['port에 클레임 log를 만들어줘. fast-disk에 ReadWriteOnce입니다.', 'accessModes: [ReadWriteOnce]', 'fast-disk'],
	['Create a pod peek in port. It listens on 8080, and the probe asks every 20 seconds', 'containerPort: 8080', '20 seconds'],
	[
		'Keep logs as a claim log (port, fast-disk)',
		'kind: PersistentVolumeClaim\nmetadata:\n  name: log\n  namespace: dock\nclass: fast-disk',
		'port',
	],
	['Role look in port: get, list and delete are enough', 'kind: Role\nverbs:\n  - delete\n', 'get'],
	['Create a claim log in port like tide-table', 'kind: PersistentVolumeClaim', undefined],
	['Never mind the old one. Create a claim log in port', 'kind: PersistentVolumeClaim', undefined],
	['Create a job sweep in port that runs every 15 minutes', 'schedule: "*/15 * * * *"', undefined],
])('of what is made: %s', async (request, manifest, value) => {
	expect(await unplannedIn(request, made(manifest), port)).toBe(value);
});
