import {expect, test} from 'vitest';
import {createWorkload} from '../../../../src/agents/router/create/new-workload.ts';
import {runByHand} from '../../../../src/agents/router/create/run-by-hand.ts';
import {withTag} from '../../../../src/agents/router/create/tagged.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {bakery} from './bakery.ts';
import {made, manifestsOf} from './made.ts';

const workload = async (request: string) =>
	manifestsOf(await route(request, bakery, {guards: [], wholes: [createWorkload, runByHand], intents: [], nowMs: 0}));

const container = (fields: object) => ({spec: {template: {spec: {containers: [fields]}}}});
const variable = (name: string, source: 'secretKeyRef' | 'configMapKeyRef', of: string, key: string) =>
	container({env: [{name, valueFrom: {[source]: {name: of, key}}}]});

test.each([
	['an nginx pod, tag 1.29-alpine, in shop', 'an nginx:1.29-alpine pod, in shop'],
	['Pod x from image curlimages/curl, tag 8.15.0; no restarts', 'Pod x from image curlimages/curl:8.15.0; no restarts'],
	['redis version 7.4.1, one replica', 'redis:7.4.1, one replica'],
	['running alpine 3.20 with two cores', 'running alpine:3.20 with two cores'],
	['이미지는 valkey/valkey, 태그는 8.1', '이미지는 valkey/valkey:8.1'],
	['nginx:1.29, version label v2', 'nginx:1.29, version label v2'],
	['cake 5.4.0 on a fifth of the traffic', 'cake 5.4.0 on a fifth of the traffic'],
])('%s has its image in one word', (request, whole) => {
	expect(withTag(request, new Set(['cake']))).toBe(whole);
});

test.each([
	[
		'Deployment bun in oven, acme/bun:1.0; readiness GET /ok on 8080, liveness GET /live on the same port',
		container({livenessProbe: {httpGet: {path: '/live', port: 8080}}}),
	],
	[
		'Deployment bun in oven, acme/bun:1.0, no more than 200m CPU and at least 64Mi of memory',
		container({resources: {requests: {memory: '64Mi'}, limits: {cpu: '200m'}}}),
	],
	['Deployment bun in oven, two of them, acme/bun:1.0', {spec: {replicas: 2}}],
	['oven에 bun 디플로이먼트, acme/bun:1.0이고 4개, 포트 80', {spec: {replicas: 4}}],
	['Deployment bun in oven, acme/bun:1.0. On an update the old pods go before the new ones.', {spec: {strategy: {type: 'Recreate'}}}],
	[
		'Deployment bun in oven, acme/bun:1.0, API_KEY from the token of secret oven-keys',
		variable('API_KEY', 'secretKeyRef', 'oven-keys', 'token'),
	],
	['Deployment bun in oven, acme/bun:1.0, DSN from secret oven-keys/dsn', variable('DSN', 'secretKeyRef', 'oven-keys', 'dsn')],
	[
		'Deployment bun in oven, acme/bun:1.0, FLOUR from the key of that name in configmap recipes',
		variable('FLOUR', 'configMapKeyRef', 'recipes', 'FLOUR'),
	],
	['oven에 bun 디플로이먼트, acme/bun:1.0, DSN은 oven-keys 시크릿의 dsn 키로 넣어줘', variable('DSN', 'secretKeyRef', 'oven-keys', 'dsn')],
	[
		'oven에 bun 디플로이먼트, acme/bun:1.0, 환경변수 DSN은 시크릿 oven-keys의 api-dsn에서 가져오게',
		variable('DSN', 'secretKeyRef', 'oven-keys', 'api-dsn'),
	],
	[
		'Look into the flour claim: pod peek in shop, busybox:1.37, mount that claim at /flour',
		{spec: {volumes: [{persistentVolumeClaim: {claimName: 'flour'}}]}},
	],
	['job knead in oven, acme/knead:0.2; if it is not done after 10 minutes it should be killed', {spec: {activeDeadlineSeconds: 600}}],
	['oven에 잡 knead, acme/knead:0.2, 완료 횟수 8에 동시 2개', {spec: {completions: 8, parallelism: 2}}],
	[
		'nightly-dough is paused but I need one run of it. Create that as job dough-once and leave the schedule paused.',
		{metadata: {name: 'dough-once', namespace: 'oven'}, ...container({image: 'registry.example/dough:1.0'})},
	],
	['nightly-dough 크론잡을 수동으로 한 번 돌려야 해요. 잡은 dough-retry라는 이름으로 만들어 주세요.', {metadata: {name: 'dough-retry'}}],
	['Pod peek in shop, busybox:1.37, pinned to node rack-2', {spec: {nodeSelector: {'kubernetes.io/hostname': 'rack-2'}}}],
	['shop에 파드 peek, busybox:1.37, 노드는 rack-2에 고정', {spec: {nodeSelector: {'kubernetes.io/hostname': 'rack-2'}}}],
	[
		'A pod with two containers in shop, name duo: front (nginx:1.29) and tail (busybox:1.37)',
		{metadata: {name: 'duo'}, spec: {containers: [{name: 'front'}, {name: 'tail'}]}},
	],
	['oven에 잡 knead, acme/knead:0.2, args `--batch 500`, 재시도 없이', {spec: {backoffLimit: 0}}],
	[
		'Pod peek in shop, busybox:1.37, that just runs `echo hi` and does not restart',
		{spec: {restartPolicy: 'Never', containers: [{command: ['echo', 'hi']}]}},
	],
	[
		'shop에 peek 파드를 busybox:1.37로 띄우고 80 포트 열고 메모리는 2기가까지만',
		{spec: {containers: [{ports: [{containerPort: 80}], resources: {limits: {memory: '2Gi'}}}]}},
	],
	['shop에 order-db 를 Deployment로 두려고 합니다. postgres:16.4 한 대입니다.', {metadata: {name: 'order-db'}}],
	['Please roll it out in oven as deployment glazer, acme/glazer:3.0', {metadata: {name: 'glazer'}}],
	[
		'deploy acme/gatekeeper:2.3 to oven as gatekeeper, label tier=edge, service account baker',
		{kind: 'Deployment', metadata: {name: 'gatekeeper', namespace: 'oven'}},
	],
	['job knead in oven, acme/knead:0.2, must be done within 15 minutes', {spec: {activeDeadlineSeconds: 900}}],
	[
		'DaemonSet ash in oven, acme/ash:1.0, on all nodes including the control plane',
		{spec: {template: {spec: {tolerations: [{key: 'node-role.kubernetes.io/control-plane'}]}}}},
	],
	['job knead in oven, acme/knead:0.2, five runs in total, one at a time', {spec: {completions: 5, parallelism: 1}}],
	[
		'oven에 잡 knead, acme/knead:0.2, 20분 제한, 실패 허용 2회, 끝나면 바로 지워지게',
		{spec: {activeDeadlineSeconds: 1200, backoffLimit: 2, ttlSecondsAfterFinished: 0}},
	],
	['CronJob stir in oven, acme/stir:1.0, hourly, never more than one at once', {spec: {concurrencyPolicy: 'Forbid'}}],
	[
		'We want a cache for bread: memcached:1.6.38 in shop, deployment name crumbs, two replicas',
		{metadata: {name: 'crumbs'}, spec: {replicas: 2}},
	],
	['Please roll out acme/gate:2.0 as the deployment gate in oven', {metadata: {name: 'gate'}}],
	[
		'oven에 sieve 디플로이먼트, acme/sieve:1.0, 컨테이너 포트 9115이고 CPU는 요청 50m에 제한 200m',
		container({resources: {requests: {cpu: '50m'}, limits: {cpu: '200m'}}}),
	],
	[
		'Deployment bun in oven, acme/bun:1.0, MODE=fast in its env, team=dough on the pods',
		{spec: {template: {metadata: {labels: {team: 'dough'}}, spec: {containers: [{env: [{name: 'MODE'}]}]}}}},
	],
	[
		'job knead in oven, acme/knead:0.2, to be killed if the whole of it is still running after 40 minutes',
		{spec: {activeDeadlineSeconds: 2400}},
	],
	[
		'Deployment bun in oven, acme/bun:1.0; liveness /live and readiness /ok both on port 8080',
		container({livenessProbe: {httpGet: {path: '/live', port: 8080}}}),
	],
	[
		'shop에 임시 jam 스테이트풀셋, acme/jam:1.4, 2Gi fast를 /jam 로, 서비스는 안 만들어도 돼요',
		{kind: 'StatefulSet', metadata: {name: 'jam'}},
	],
	['Need dough-sizer in oven, Deployment, acme/sizer:3.1', {metadata: {name: 'dough-sizer'}}],
	['CronJob stir in oven, acme/stir:1.0, every 20 minutes; start it within 90 seconds or skip it', {spec: {startingDeadlineSeconds: 90}}],
	['statefulset jam in oven, acme/jam:2.0, 3 members, 2Gi of fast under /jam', {spec: {replicas: 3, volumeClaimTemplates: [{}]}}],
] as const)('%s', async (request, object) => {
	expect(await workload(request)).toMatchObject([object]);
});

test('a StatefulSet and its Service have names of their own, and so have its claims', async () => {
	const request =
		'oven에 jam을 StatefulSet으로 구성 부탁드립니다. acme/jam-server:2.0, 2개, 클레임 템플릿 shelf 5Gi는 /jam에. 헤드리스 서비스 이름은 jam-hs, 포트 9000입니다.';
	expect(await workload(request)).toMatchObject([
		{kind: 'Service', metadata: {name: 'jam-hs'}},
		{kind: 'StatefulSet', metadata: {name: 'jam'}, spec: {serviceName: 'jam-hs', volumeClaimTemplates: [{metadata: {name: 'shelf'}}]}},
	]);
});

test.each([
	[
		'I want a claim sugar in oven twice as large as flour, same class',
		{storageClassName: 'fast', resources: {requests: {storage: '40Gi'}}},
	],
	['oven에 sugar 클레임을 flour와 같은 크기로 만들어줘', {resources: {requests: {storage: '20Gi'}}}],
	['claim sugar in oven identical to flour but only 3Gi', {storageClassName: 'fast', resources: {requests: {storage: '3Gi'}}}],
	[
		'A terabyte of fast for oven, please, as claim sugar, read-only for many',
		{accessModes: ['ReadOnlyMany'], resources: {requests: {storage: '1Ti'}}},
	],
	['claim sugar in oven, 5Gi on fast. Many nodes will mount it, all of them only for reading.', {accessModes: ['ReadOnlyMany']}],
	['Many read it, so make sugar in oven a ReadOnlyMany volume claim with 7Gi of fast', {accessModes: ['ReadOnlyMany']}],
	['oven에 3Gi짜리 PVC sugar, 클래스는 fast, 한 파드에서만 쓰기', {accessModes: ['ReadWriteOncePod']}],
])('%s', async (request, spec) => {
	expect(await made(request)).toMatchObject([{kind: 'PersistentVolumeClaim', metadata: {name: 'sugar', namespace: 'oven'}, spec}]);
});

test.each([
	// What it takes from others is no name of it.
	['oven에 crumb-box 파드 띄워줘. 이미지는 acme/crumb:1.0, 서비스어카운트 crumb으로 돌리고', {kind: 'Pod', metadata: {name: 'crumb-box'}}],
	['pod crumb-box in oven, acme/crumb:1.0, service account crumb', {kind: 'Pod', metadata: {name: 'crumb-box'}}],
])('%s', async (request, object) => {
	expect(await workload(request)).toMatchObject([object]);
});

test('a pod that mounts something, and nobody knows where, is not called after it', async () => {
	expect(await workload('start a pod that uses pull in shop, image acme/crumb:1.0')).not.toMatchObject([{metadata: {name: 'pull'}}]);
});

test('a group that is named behind is the one that gets the rights', async () => {
	const request =
		'The bakers group may look at pods in oven. Role pod-peek with get and list, binding peek-night, group name night-bakers.';
	expect(await made(request)).toMatchObject([{kind: 'Role'}, {kind: 'RoleBinding', subjects: [{kind: 'Group', name: 'night-bakers'}]}]);
	expect((await made(request))[1]).toHaveProperty('subjects.length', 1);
});

test('a whole source that has no name makes no plan', async () => {
	expect(await workload('deployment crumb in oven, acme/crumb:1.0, reads the whole config map as env')).toEqual([]);
});

test('what a pair is stands right behind it, whatever was said before', async () => {
	const request = 'pod crumb in oven, acme/crumb:1.0, labelled tier=test, with TRAYS=9 in its environment, restart policy Never';
	expect(await workload(request)).toMatchObject([
		{metadata: {labels: {tier: 'test'}}, spec: {containers: [{env: [{name: 'TRAYS', value: '9'}]}]}},
	]);
});
