import {expect, test} from 'vitest';
import {listAt} from '../../../../src/core/kube/json-at.ts';
import {made} from './made.ts';

const container = (fields: object) => ({spec: {template: {spec: {containers: [fields]}}}});
const spec = (fields: object) => ({spec: {template: {spec: fields}}});

const rows: readonly (readonly [request: string, ...objects: object[]])[] = [
	[
		'Pod duo in oven: container front from nginx:1.29, and beside it a container tailer from busybox:1.37 with command `tail -f /x`',
		{spec: {containers: [{name: 'front'}, {name: 'tailer', command: ['tail', '-f', '/x']}]}},
	],
	[
		'Deployment loaf in oven, ghcr.io/acme/loaf:2.0, two replicas. An init container called fetch (curlimages/curl:8.1.0) goes first; both mount an emptyDir at /flour.',
		spec({
			initContainers: [{name: 'fetch', volumeMounts: [{name: 'scratch', mountPath: '/flour'}]}],
			containers: [{name: 'loaf', volumeMounts: [{name: 'scratch', mountPath: '/flour'}]}],
			volumes: [{name: 'scratch', emptyDir: {}}],
		}),
	],
	[
		'oven에 bun 디플로이먼트: ghcr.io/acme/bun:1.0 세 개, heat=high:NoSchedule 테인트 허용, 파드끼리 같은 노드에 안 뜨게.',
		{
			spec: {
				replicas: 3,
				template: {
					spec: {
						tolerations: [{key: 'heat', value: 'high', effect: 'NoSchedule'}],
						affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: 'kubernetes.io/hostname'}]}},
					},
				},
			},
		},
	],
	[
		'deployment pie in oven, ghcr.io/acme/pie:1.0; before it stops it runs `sleep 9`; liveness grpc on 7000 every 30 seconds, failure threshold 6',
		container({
			lifecycle: {preStop: {exec: {command: ['sleep', '9']}}},
			livenessProbe: {grpc: {port: 7000}, periodSeconds: 30, failureThreshold: 6},
		}),
	],
	[
		'deployment tart2 in oven, ghcr.io/acme/tart:3.0, ports web 8080 and metrics 9100, all capabilities dropped but NET_BIND_SERVICE added, working directory /app',
		container({
			ports: [
				{name: 'web', containerPort: 8080},
				{name: 'metrics', containerPort: 9100},
			],
			securityContext: {capabilities: {add: ['NET_BIND_SERVICE'], drop: ['ALL']}},
			workingDir: '/app',
		}),
	],
	[
		'DaemonSet ash in oven, ghcr.io/acme/ash:1.0, host path /var/soot mounted at /soot, read-only, NODE from spec.nodeName',
		spec({
			containers: [
				{volumeMounts: [{mountPath: '/soot', readOnly: true}], env: [{name: 'NODE', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}}]},
			],
			volumes: [{hostPath: {path: '/var/soot'}}],
		}),
	],
	[
		'Deployment menu in shop, ghcr.io/acme/menu:1.0, configmap recipes mounted at /menu, only its key bread, read-only',
		spec({
			containers: [{volumeMounts: [{mountPath: '/menu', readOnly: true}]}],
			volumes: [{configMap: {name: 'recipes', items: [{key: 'bread'}]}}],
		}),
	],
	[
		'Pod duo in oven: container front from nginx:1.29, and a sidecar tail from busybox:1.37 that drops all capabilities and has a preStop hook (exec) "sleep 3"',
		{
			spec: {
				containers: [
					{name: 'front'},
					{
						name: 'tail',
						securityContext: {capabilities: {drop: ['ALL']}},
						lifecycle: {preStop: {exec: {command: ['sleep', '3']}}},
					},
				],
			},
		},
	],
	[
		'Please make a job rush in shop. Same image as the cake deployment. If it is not done within 20 minutes it is killed, and one pod is retried once.',
		{kind: 'Job', metadata: {name: 'rush', namespace: 'shop'}, ...container({image: 'registry.example/cake:1.0'})},
	],
	[
		'Run nightly-dough by hand as job dough-now',
		{kind: 'Job', metadata: {name: 'dough-now', namespace: 'oven'}, ...container({image: 'registry.example/dough:1.0'})},
	],
	[
		'oven에 잡 proof를 ghcr.io/acme/proof:1.0으로. 완료 6번, 전부 동시에, suspend 상태로 만들어줘.',
		{spec: {completions: 6, parallelism: 6, suspend: true}},
	],
];

test.each(rows.map(([request, ...objects]) => ({request, objects})))('$request', async ({request, objects}) => {
	const found = await made(request);
	expect(found).toHaveLength(objects.length);
	expect(found).toMatchObject(objects);
});

test('what is told of a sidecar is not said of the container beside it', async () => {
	const [pod] = await made(
		'Pod duo in oven: container front from nginx:1.29, and a sidecar tail from busybox:1.37 that drops all capabilities',
	);
	const [front] = listAt(pod, 'spec', 'containers');
	expect(front).toEqual({name: 'front', image: 'nginx:1.29'});
});
