import {expect, test} from 'vitest';
import {made} from './made.ts';

const rows: readonly (readonly [request: string, ...objects: object[]])[] = [
	['Please spin up a namespace named lab-7 labelled owner=sora', {kind: 'Namespace', metadata: {name: 'lab-7', labels: {owner: 'sora'}}}],
	['qa1, qa2 네임스페이스 두 개 만들어줘', {kind: 'Namespace', metadata: {name: 'qa1'}}, {kind: 'Namespace', metadata: {name: 'qa2'}}],
	[
		'Could you run a pod called shell in oven with image alpine:3.22 and command `sleep 1d`?',
		{kind: 'Pod', metadata: {name: 'shell', namespace: 'oven'}, spec: {containers: [{image: 'alpine:3.22', command: ['sleep', '1d']}]}},
	],
	[
		'I want a deployment called proxy in oven running nginx:1.29 with two replicas listening on port 8080, memory request 64Mi and limit 128Mi',
		{
			metadata: {name: 'proxy', namespace: 'oven'},
			spec: {
				replicas: 2,
				template: {
					spec: {containers: [{ports: [{containerPort: 8080}], resources: {requests: {memory: '64Mi'}, limits: {memory: '128Mi'}}}]},
				},
			},
		},
	],
	[
		'oven 네임스페이스에 mixer 디플로이먼트를 ghcr.io/acme/mixer:1.2 이미지로 3개 띄워줘. 환경변수 LOG_LEVEL=debug',
		{kind: 'Deployment', spec: {replicas: 3, template: {spec: {containers: [{env: [{name: 'LOG_LEVEL', value: 'debug'}]}]}}}},
	],
	[
		'Create a deployment api with image ghcr.io/acme/api:2.0, port 8080, and a service api on port 80 for it, in oven',
		{kind: 'Deployment', metadata: {namespace: 'oven'}},
		{
			kind: 'Service',
			metadata: {name: 'api', namespace: 'oven'},
			spec: {selector: {'app.kubernetes.io/name': 'api'}, ports: [{port: 80, targetPort: 8080}]},
		},
	],
	[
		'Create namespace depot. In it, a deployment echo (hashicorp/http-echo:1.0, port 5678) and a service echo on 80 in front of it.',
		{kind: 'Namespace', metadata: {name: 'depot'}},
		{kind: 'Deployment', metadata: {name: 'echo', namespace: 'depot'}},
		{kind: 'Service', metadata: {name: 'echo', namespace: 'depot'}},
	],
	[
		'Make a StatefulSet cache in oven with redis:7.4.1, two pods, 10Gi of fast at /data and a headless service cache on 6379',
		{kind: 'Service', spec: {clusterIP: 'None', ports: [{port: 6379}]}},
		{
			kind: 'StatefulSet',
			spec: {
				replicas: 2,
				serviceName: 'cache',
				volumeClaimTemplates: [{spec: {storageClassName: 'fast', resources: {requests: {storage: '10Gi'}}}}],
			},
		},
	],
	[
		'Allow the service account baker to get and list configmaps and secrets in oven; name the role bake-config',
		{
			kind: 'Role',
			metadata: {name: 'bake-config', namespace: 'oven'},
			rules: [{resources: ['configmaps', 'secrets'], verbs: ['get', 'list']}],
		},
		{kind: 'RoleBinding', subjects: [{kind: 'ServiceAccount', namespace: 'oven', name: 'baker'}]},
	],
	[
		'Every weekday at 7:15 Seoul time run alpine:3.22 as cronjob wake-up in oven with command `echo hi`',
		{kind: 'CronJob', metadata: {name: 'wake-up'}, spec: {schedule: '15 7 * * 1-5', timeZone: 'Asia/Seoul'}},
	],
	[
		'평일 새벽 3시 반마다 ghcr.io/acme/sync:1 이미지를 돌리는 크론잡 sync를 oven에 만들어줘. 겹쳐 실행되지 않게, 성공 이력 3개만',
		{kind: 'CronJob', spec: {schedule: '30 3 * * 1-5', concurrencyPolicy: 'Forbid', successfulJobsHistoryLimit: 3}},
	],
	[
		'Trigger the nightly-dough cronjob now',
		{kind: 'Job', metadata: {name: 'nightly-dough-manual', namespace: 'oven'}, spec: {template: {spec: {restartPolicy: 'OnFailure'}}}},
	],
	[
		'Create a job load in oven from ghcr.io/acme/load:3 with 5 completions, 2 in parallel, and retry at most 3 times',
		{kind: 'Job', spec: {completions: 5, parallelism: 2, backoffLimit: 3}},
	],
	[
		'I need a 20Gi volume claim called scratch in shop on fast, RWX',
		{
			kind: 'PersistentVolumeClaim',
			spec: {accessModes: ['ReadWriteMany'], storageClassName: 'fast', resources: {requests: {storage: '20Gi'}}},
		},
	],
	[
		'Create a role keys in shop with get on secrets named pull, bound to service account baker',
		{kind: 'Role', rules: [{resources: ['secrets'], resourceNames: ['pull'], verbs: ['get']}]},
		{kind: 'RoleBinding', subjects: [{kind: 'ServiceAccount', name: 'baker', namespace: 'oven'}]},
	],
	[
		'oven에 mongo 스테이트풀셋 만들어줘. mongo:8 이미지, 3개, 볼륨 10Gi fast를 /data/db에, 헤드리스 서비스 mongo 27017 포트',
		{kind: 'Service', spec: {clusterIP: 'None'}},
		{kind: 'StatefulSet', spec: {replicas: 3, volumeClaimTemplates: [{}]}},
	],
	[
		'Job migrate in oven with image registry.example/migrate:1, backoff limit 0, timeout 10 minutes, delete 5 minutes after it finishes',
		{kind: 'Job', spec: {backoffLimit: 0, activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 300}},
	],
	[
		'Create a deployment gw in oven from registry.example/gw:3 with port 8080, liveness probe GET /live on 8080 every 15 seconds, readiness on /ready',
		{
			kind: 'Deployment',
			spec: {
				template: {spec: {containers: [{livenessProbe: {periodSeconds: 15}, readinessProbe: {httpGet: {path: '/ready', port: 8080}}}]}},
			},
		},
	],
	[
		'Deploy nginx:1.29 to oven as static-site with 3 replicas',
		{kind: 'Deployment', metadata: {name: 'static-site', namespace: 'oven'}, spec: {replicas: 3}},
	],
	[
		'Roll out a new deployment rye in oven using image registry.example/rye:0.1 (one pod), pull secret pull',
		{kind: 'Deployment', metadata: {name: 'rye'}, spec: {replicas: 1, template: {spec: {imagePullSecrets: [{name: 'pull'}]}}}},
	],
	[
		'매주 일요일 새벽 4시에 alpine:3.22로 `echo weekly` 실행하는 크론잡 weekly를 oven에 만들어줘',
		{kind: 'CronJob', spec: {jobTemplate: {spec: {template: {spec: {containers: [{command: ['echo', 'weekly']}]}}}}}},
	],
	['oven에 서비스 계정 loader 만들어줘', {kind: 'ServiceAccount', metadata: {name: 'loader', namespace: 'oven'}}],
];

test.each(rows.map(([request, ...objects]) => ({request, objects})))('$request', async ({request, objects}) => {
	const found = await made(request);
	expect(found).toHaveLength(objects.length);
	expect(found).toMatchObject(objects);
});
