import {expect, test} from 'vitest';
import {createObjects} from '../../../../src/agents/router/create/create-objects.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import type {Understanding} from '../../../../src/agents/router/understanding.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';
import {bakery} from './bakery.ts';

async function understood(request: string): Promise<readonly Understanding[]> {
	return route(request, bakery, {guards: [], intents: [createObjects], nowMs: 0});
}

async function made(request: string) {
	const calls = (await understood(request)).flatMap(one => (one.kind === 'calls' ? one.calls : []));
	return calls.flatMap(({input}) => (typeof input.manifest === 'string' ? readManifests(input.manifest).map(({object}) => object) : []));
}

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
		'Put a LoadBalancer service in front of bread on 443 that forwards to 8443',
		{
			kind: 'Service',
			metadata: {name: 'bread-lb', namespace: 'shop'},
			spec: {type: 'LoadBalancer', ports: [{port: 443, targetPort: 8443}]},
		},
	],
	[
		'bread.example.com/api 요청을 bread 서비스로 보내는 인그레스 하나 만들어줘',
		{
			kind: 'Ingress',
			metadata: {namespace: 'shop'},
			spec: {
				rules: [{host: 'bread.example.com', http: {paths: [{path: '/api', backend: {service: {name: 'bread', port: {number: 80}}}}]}}],
			},
		},
	],
	['shop에 컨피그맵 tuning 추가: BATCH는 32, EPOCHS는 10', {kind: 'ConfigMap', data: {BATCH: '32', EPOCHS: '10'}}],
	['Make a configmap rules in shop out of the file rules.txt', {kind: 'ConfigMap', data: {'rules.txt': 'be kind\n'}}],
	[
		'Let user dana@example.com view everything in shop',
		{
			kind: 'RoleBinding',
			metadata: {namespace: 'shop'},
			roleRef: {kind: 'ClusterRole', name: 'view'},
			subjects: [{kind: 'User', name: 'dana@example.com'}],
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
		'shop에서 ops 그룹이 디플로이먼트를 조회하고 수정할 수 있게 ops-deploy 롤과 바인딩 만들어줘',
		{kind: 'Role', metadata: {name: 'ops-deploy'}, rules: [{apiGroups: ['apps'], verbs: ['get', 'list', 'watch', 'update', 'patch']}]},
		{kind: 'RoleBinding', subjects: [{kind: 'Group', name: 'ops'}]},
	],
	[
		'Only till and cake may connect to bread on port 8080; policy bread-in',
		{
			kind: 'NetworkPolicy',
			metadata: {name: 'bread-in', namespace: 'shop'},
			spec: {
				podSelector: {matchLabels: {app: 'bread'}},
				ingress: [
					{from: [{podSelector: {matchLabels: {app: 'till'}}}, {podSelector: {matchLabels: {app: 'cake'}}}], ports: [{port: 8080}]},
				],
			},
		},
	],
	[
		'Block all egress from the oven namespace except DNS',
		{kind: 'NetworkPolicy', spec: {podSelector: {}, policyTypes: ['Egress'], egress: [{ports: [{port: 53}, {port: 53}]}]}},
	],
	[
		'Autoscale cake from 2 to 8 replicas at 70 percent cpu and 80% memory',
		{
			kind: 'HorizontalPodAutoscaler',
			spec: {
				minReplicas: 2,
				maxReplicas: 8,
				metrics: [
					{resource: {name: 'cpu', target: {averageUtilization: 70}}},
					{resource: {name: 'memory', target: {averageUtilization: 80}}},
				],
			},
		},
	],
	[
		'At most a quarter of cake may be unavailable at a time: make a PDB',
		{kind: 'PodDisruptionBudget', spec: {maxUnavailable: '25%', selector: {matchLabels: {app: 'cake'}}}},
	],
	['cake는 항상 2개 이상 떠 있어야 해. PDB 만들어줘', {kind: 'PodDisruptionBudget', spec: {minAvailable: 2}}],
	[
		'Give the oven namespace a quota: at most 10 pods, 4 CPUs requested, 8Gi memory requested, no load balancers',
		{
			kind: 'ResourceQuota',
			metadata: {namespace: 'oven'},
			spec: {hard: {pods: '10', 'requests.cpu': '4', 'requests.memory': '8Gi', 'services.loadbalancers': '0'}},
		},
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
		'ingress docs for docs.example.com/guide -> bread:80, tls cert docs-tls',
		{kind: 'Ingress', metadata: {name: 'docs'}, spec: {tls: [{secretName: 'docs-tls'}], rules: [{http: {paths: [{path: '/guide'}]}}]}},
	],
	[
		'Create an ingress tills in shop for tills.example.com: / goes to bread port 80, /cakes goes to cake',
		{
			kind: 'Ingress',
			spec: {
				rules: [
					{
						http: {
							paths: [
								{path: '/', backend: {service: {name: 'bread'}}},
								{path: '/cakes', backend: {service: {name: 'cake'}}},
							],
						},
					},
				],
			},
		},
	],
	[
		'Block everything coming into cake except from till, on 8080. Name: cake-lock',
		{
			kind: 'NetworkPolicy',
			metadata: {name: 'cake-lock'},
			spec: {podSelector: {matchLabels: {app: 'cake'}}, ingress: [{from: [{podSelector: {matchLabels: {app: 'till'}}}]}]},
		},
	],
	[
		'cake may talk only to bread on 8080 and DNS; policy cake-out',
		{
			kind: 'NetworkPolicy',
			spec: {policyTypes: ['Egress'], egress: [{to: [{podSelector: {matchLabels: {app: 'bread'}}}]}, {ports: [{port: 53}, {port: 53}]}]},
		},
	],
	[
		'Give group oncall get, list on pods and pods/log plus create on pods/exec in oven. Role and binding: oncall-debug',
		{
			kind: 'Role',
			metadata: {name: 'oncall-debug'},
			rules: [
				{resources: ['pods', 'pods/log'], verbs: ['get', 'list']},
				{resources: ['pods/exec'], verbs: ['create']},
			],
		},
		{kind: 'RoleBinding', metadata: {name: 'oncall-debug'}},
	],
	[
		'Create a role keys in shop with get on secrets named pull, bound to service account baker',
		{kind: 'Role', rules: [{resources: ['secrets'], resourceNames: ['pull'], verbs: ['get']}]},
		{kind: 'RoleBinding', subjects: [{kind: 'ServiceAccount', name: 'baker', namespace: 'oven'}]},
	],
	[
		'Service for cake on 9092 called cake-int, UDP',
		{kind: 'Service', metadata: {name: 'cake-int'}, spec: {ports: [{port: 9092, targetPort: 8080, protocol: 'UDP'}]}},
	],
	['cake를 1개에서 4개까지 cpu 70% 기준으로 자동 확장되게 해줘', {kind: 'HorizontalPodAutoscaler', spec: {minReplicas: 1, maxReplicas: 4}}],
	[
		'Add a LimitRange called lr to oven where containers default to 500m cpu and 512Mi limits and request 100m and 128Mi',
		{kind: 'LimitRange', spec: {limits: [{default: {cpu: '500m', memory: '512Mi'}, defaultRequest: {cpu: '100m', memory: '128Mi'}}]}},
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
		'expose till as NodePort on port 9000 named till-np',
		{kind: 'Service', metadata: {name: 'till-np'}, spec: {type: 'NodePort', ports: [{port: 9000}]}},
	],
	[
		'I want a config map in shop named limits with MAX=5',
		{kind: 'ConfigMap', metadata: {name: 'limits', namespace: 'shop'}, data: {MAX: '5'}},
	],
	[
		'hpa cake-scale for cake min 2 max 7 cpu 60',
		{
			kind: 'HorizontalPodAutoscaler',
			metadata: {name: 'cake-scale'},
			spec: {minReplicas: 2, maxReplicas: 7, metrics: [{resource: {target: {averageUtilization: 60}}}]},
		},
	],
	[
		'Quota for oven named caps: requests.cpu 8, pods 40',
		{kind: 'ResourceQuota', metadata: {name: 'caps', namespace: 'oven'}, spec: {hard: {'requests.cpu': '8', pods: '40'}}},
	],
	[
		'네트워크 정책 block-all로 oven에 들어오고 나가는 모든 트래픽 차단해줘',
		{kind: 'NetworkPolicy', metadata: {name: 'block-all'}, spec: {policyTypes: ['Ingress', 'Egress']}},
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

test.each([
	['Create a deployment foo in oven', /image/],
	['Create a cronjob foo in oven with image alpine:3.22', /When should foo run/],
	['Create a configmap in oven', /called/],
	['Make a secret db in oven with password=Violet-otter', /Where do the values of Secret db come from/],
	['Create a configmap recipes in shop with a=b', /there already/],
	['Expose tart on port 80', /Which tart: in (?:shop or oven|oven or shop)/],
	['oven에 크론잡 foo 만들어줘', /이미지/],
	['Create a pod x in namespace nowhere with image alpine:3.22', /no namespace nowhere/],
])('%s is asked about', async (request, question) => {
	const [one] = await understood(request);
	expect(one).toMatchObject({kind: 'question', text: expect.stringMatching(question)});
	expect(JSON.stringify(one)).not.toContain('Violet');
});

test.each([
	[
		'Create secret login in shop with key user from $BAKERY_USER and key pass from $BAKERY_PASSWORD',
		{name: 'login', namespace: 'shop', fromEnv: ['user=BAKERY_USER', 'pass=BAKERY_PASSWORD']},
	],
	[
		'oven에 api 시크릿 만들어줘. 키 이름은 token이고 값은 환경변수 BAKERY_TOKEN에서 읽어',
		{name: 'api', namespace: 'oven', fromEnv: ['token=BAKERY_TOKEN']},
	],
	[
		'Create a secret api-key in oven with a random value of 24 characters under key token',
		{name: 'api-key', namespace: 'oven', random: ['token=24']},
	],
	['Copy secret pull from shop into oven', {name: 'pull', namespace: 'oven', copyOf: 'shop/pull'}],
	['pull 시크릿을 shop에서 oven으로 복사해줘', {name: 'pull', namespace: 'oven', copyOf: 'shop/pull'}],
	['Clone secret pull from shop to oven as pull-copy', {name: 'pull-copy', namespace: 'oven', copyOf: 'shop/pull'}],
])('%s takes its values from where nobody reads them', async (request, input) => {
	const calls = (await understood(request)).flatMap(one => (one.kind === 'calls' ? one.calls : []));
	expect(calls).toEqual([{tool: 'secret_manage', input}]);
});

test.each([
	"cake's service gets no traffic, what's wrong?",
	'Delete the bread service',
	'Scale cake to 4',
	'Which pods use configmap recipes?',
	'Start a canary of cake 2.0',
	'bread 파드가 왜 안 뜨지?',
])('%s makes nothing', async request => {
	expect((await understood(request)).filter(({kind}) => kind === 'calls')).toEqual([]);
});
