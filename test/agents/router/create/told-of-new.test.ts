import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {bakery} from './bakery.ts';
import {manifestsOf} from './made.ts';

const whole = (request: string) => route(request, bakery, {guards, intents, telling, wholes, nowMs: 0});
const container = (fields: object) => ({spec: {template: {spec: {containers: [fields]}}}});
const labels = (of: object) => ({metadata: {labels: of}});

/** How something new shall be, as people say it beside its name. */
test.each<[request: string, ...objects: object[]]>([
	[
		'larder 네임스페이스를 새로 파줘. 파드 보안은 enforce랑 warn 둘 다 baseline.',
		labels({'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline'}),
	],
	[
		'Start a deployment bun in oven from acme/bun:1.0; it asks for 100m CPU, and its memory must never grow past 200Mi.',
		container({resources: {requests: {cpu: '100m'}, limits: {memory: '200Mi'}}}),
	],
	[
		'oven에 bun 디플로이먼트를 acme/bun:1.0으로 띄워줘. 메모리는 300Mi를 넘어가면 안 되고 요청은 100Mi야.',
		container({resources: {requests: {memory: '100Mi'}, limits: {memory: '300Mi'}}}),
	],
	[
		'oven에 bun 파드를 acme/bun:1.0으로 띄워주고 환경변수 GOAL은 http://tart 로.',
		{spec: {containers: [{env: [{name: 'GOAL', value: 'http://tart'}]}]}},
	],
	[
		'Start a pod bun in oven from acme/bun:1.0, variable GOAL pointing at http://tart.',
		{spec: {containers: [{env: [{name: 'GOAL', value: 'http://tart'}]}]}},
	],
	[
		'shop에 bun 디플로이먼트를 acme/bun:1.0으로 만들고 recipes 컨피그맵 전체를 환경변수로 넣고 PASS는 jar 시크릿의 token 키에서 가져와.',
		container({
			envFrom: [{configMapRef: {name: 'recipes'}}],
			env: [{name: 'PASS', valueFrom: {secretKeyRef: {name: 'jar', key: 'token'}}}],
		}),
	],
	[
		'oven에 crumbs 스테이트풀셋 부탁해요. postgres:16 이미지, PGPASS는 jar 시크릿의 pass 키에서 가져오고, /data 에 fast 5Gi요.',
		{
			spec: {
				template: {
					spec: {containers: [{env: [{name: 'PGPASS', valueFrom: {secretKeyRef: {name: 'jar'}}}], volumeMounts: [{mountPath: '/data'}]}]},
				},
				volumeClaimTemplates: [{spec: {storageClassName: 'fast', resources: {requests: {storage: '5Gi'}}}}],
			},
		},
	],
	['Set up a crumb trio in oven: statefulset crumbs with memcached:1.6', {kind: 'StatefulSet', spec: {replicas: 3}}],
	['Could oven get a config map named hours? Keys: open (08:00), shut (18:30).', {data: {open: '08:00', shut: '18:30'}}],
	['oven에 hour-plan 컨피그맵을 올려주세요: open은 early, shut은 30m 입니다.', {data: {open: 'early', shut: '30m'}}],
	['oven에 컨피그맵 hour-plan 추가 부탁해요 — open: early, shut: late', {data: {open: 'early', shut: 'late'}}],
	[
		'Block every outgoing connection of all pods in oven with a policy no-way-out; inbound is none of its business.',
		{spec: {podSelector: {}, policyTypes: ['Egress']}},
	],
	[
		'till may send to TCP 443 and UDP 53 only, to any address. Make that network policy till-out and leave inbound traffic unrestricted.',
		{
			spec: {
				podSelector: {matchLabels: {app: 'till'}},
				policyTypes: ['Egress'],
				egress: [
					{
						ports: [
							{port: 443, protocol: 'TCP'},
							{port: 53, protocol: 'UDP'},
						],
					},
				],
			},
		},
	],
	[
		'cake pods: reachable on 8080 from the oven namespace, nowhere else. Policy cake-callers.',
		{spec: {policyTypes: ['Ingress'], ingress: [{ports: [{port: 8080}]}]}},
	],
	[
		'cake-out 정책: cake는 bread 8080으로만 나가게. DNS는 안 열어도 돼.',
		{spec: {policyTypes: ['Egress'], egress: [{to: [{podSelector: {matchLabels: {app: 'bread'}}}], ports: [{port: 8080}]}]}},
	],
	['cake 파드는 점검 중에도 3개 이상 유지돼야 해. 파드 디스럽션 버짓 추가해줘', {kind: 'PodDisruptionBudget', spec: {minAvailable: 3}}],
	['Job crumbs in oven, acme/crumbs:1: four pods in parallel until 12 have completed.', {spec: {completions: 12, parallelism: 4}}],
	['Job crumbs in oven, acme/crumbs:1, six completions, at most 2 side by side.', {spec: {completions: 6, parallelism: 2}}],
	[
		'Twice an hour, at minute 5 and minute 35, a cron job crumbs in oven shall run acme/crumbs:1.0.',
		{kind: 'CronJob', spec: {schedule: '5,35 * * * *'}},
	],
	[
		'The oven bill doubled, so its limits may add up to 4 CPUs and 8Gi at most: quota oven-cap.',
		{spec: {hard: {'limits.cpu': '4', 'limits.memory': '8Gi'}}},
	],
	[
		'Nobody should start anything in oven any more: ResourceQuota shut-down, no pods and no claims.',
		{spec: {hard: {pods: '0', persistentvolumeclaims: '0'}}},
	],
	[
		'till should grow and shrink by itself, 2 pods at the quiet end and 6 at the busy end, aiming for 70 percent CPU.',
		{kind: 'HorizontalPodAutoscaler', spec: {minReplicas: 2, maxReplicas: 6}},
	],
	[
		'till 디플로이먼트용으로 서비스 till-door를 만들어서 80으로 받고 컨테이너 9000으로 보내줘.',
		{kind: 'Service', spec: {ports: [{port: 80, targetPort: 9000}]}},
	],
	[
		'In oven, a role crumb-starter (create and list jobs), bound to the service account baker under the name crumb-runs.',
		{kind: 'Role', metadata: {name: 'crumb-starter'}},
		{kind: 'RoleBinding', metadata: {name: 'crumb-runs'}, subjects: [{name: 'baker'}]},
	],
	[
		'A role claim-watcher in oven, please: read-only on pvcs. Group storage gets it through a binding of that same name.',
		{kind: 'Role', metadata: {name: 'claim-watcher'}},
		{kind: 'RoleBinding', metadata: {name: 'claim-watcher'}, subjects: [{kind: 'Group', name: 'storage'}]},
	],
	[
		'Publish the cake service under cakes.example.com, TLS taken from cake-tls; the ingress is to be called cakes.',
		{kind: 'Ingress', spec: {tls: [{secretName: 'cake-tls'}]}},
	],
	['Create a pod bun in oven from acme/bun:1.0 that just sleeps an hour.', {spec: {containers: [{command: ['sleep', '1h']}]}}],
	['Config map wishes in oven: SUGAR on, SALT off, LIMIT 20.', {data: {SUGAR: 'on', SALT: 'off', LIMIT: '20'}}],
	['PDB for till, at most a third of the pods may be down.', {spec: {maxUnavailable: '33%'}}],
	[
		'Expose cake on cakes.example.com through an ingress cakes, tls via the secret cake-tls.',
		{kind: 'Ingress', metadata: {name: 'cakes'}, spec: {tls: [{secretName: 'cake-tls'}]}},
	],
	[
		'An ingress front in shop for cakes.example.com and bread.example.com: the first goes to cake, the second to bread.',
		{
			spec: {
				rules: [
					{host: 'cakes.example.com', http: {paths: [{backend: {service: {name: 'cake'}}}]}},
					{host: 'bread.example.com', http: {paths: [{backend: {service: {name: 'bread'}}}]}},
				],
			},
		},
	],
	[
		'shop에 front 인그레스 만들어줘. 호스트는 cakes.example.com, bread.example.com인데 첫 번째는 cake, 두 번째는 bread로.',
		{spec: {rules: [{host: 'cakes.example.com'}, {host: 'bread.example.com'}]}},
	],
])('%s', async (request, ...objects) => {
	expect(manifestsOf(await whole(request))).toMatchObject(objects);
});

test.each<[request: string, input: object]>([
	[
		'Keep BAKERY_USER and BAKERY_TOKEN from the environment, under those same names as keys, in a new secret login in oven.',
		{fromEnv: ['BAKERY_USER=BAKERY_USER', 'BAKERY_TOKEN=BAKERY_TOKEN']},
	],
	['oven에 dough-key 시크릿이 필요합니다. 키 이름은 hmac, 값은 32자 무작위로 뽑아 주세요.', {random: ['hmac=32']}],
])('%s makes a Secret', async (request, input) => {
	expect(await whole(request)).toMatchObject([{kind: 'calls', calls: [{tool: 'secret_manage', input}]}]);
});

test.each<[request: string, spec: {readonly containers: readonly object[]; readonly activeDeadlineSeconds?: number}]>([
	[
		'Pod bun in oven: acme/bun:1.0, port 6379, at most 256Mi of memory.',
		{containers: [{ports: [{containerPort: 6379}], resources: {limits: {memory: '256Mi'}}}]},
	],
	[
		'Pod bun in oven: acme/bun:1.0, port 6379, it may live at most 10 minutes.',
		{containers: [{ports: [{containerPort: 6379}]}], activeDeadlineSeconds: 600},
	],
])('%s: no bound is of something else', async (request, spec) => {
	const [pod] = manifestsOf(await whole(request));
	expect(pod?.spec).toEqual({...spec, containers: [expect.objectContaining(spec.containers[0])]});
});

test('the minutes of an hour are asked for', async () => {
	const understood = await whole('Cron job crumbs in oven runs acme/crumbs:1.0 twice an hour.');
	expect(understood.map(({kind}) => kind)).toEqual(['question']);
});
