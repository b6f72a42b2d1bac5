import {expect, test} from 'vitest';
import {intents} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';
import {bakery} from './bakery.ts';

/** The objects that the whole router makes of a request, and nothing beside them. */
async function madeBy(request: string) {
	const understood = await route(request, bakery, {guards: [], intents, nowMs: 0});
	return understood.flatMap(one => {
		if (one.kind !== 'calls') return [one];
		return one.calls.flatMap(call =>
			call.tool === 'resource_apply' && typeof call.input.manifest === 'string'
				? readManifests(call.input.manifest).map(({object}) => object)
				: [call],
		);
	});
}

const deployment = (name: string, replicas: number, container: object, pod: object = {}) => ({
	kind: 'Deployment',
	metadata: {name, namespace: 'shop'},
	spec: {replicas, template: {spec: {containers: [container], ...pod}}},
});
const service = (name: string, app: string, ports: object) => ({
	kind: 'Service',
	metadata: {name, namespace: 'shop'},
	spec: {type: 'ClusterIP', selector: {app}, ports: [ports]},
});
const yeast = {
	kind: 'StatefulSet',
	metadata: {name: 'yeast', namespace: 'oven'},
	spec: {replicas: 3, volumeClaimTemplates: [{spec: {storageClassName: 'fast', resources: {requests: {storage: '10Gi'}}}}]},
};
const autoscaler = (min: number, max: number, percent: number) => ({
	kind: 'HorizontalPodAutoscaler',
	spec: {
		scaleTargetRef: {name: 'till'},
		minReplicas: min,
		maxReplicas: max,
		metrics: [{resource: {name: 'cpu', target: {averageUtilization: percent}}}],
	},
});

/** New things as people ask for them: details in any order, names that stand alone, and what is not needed or stays as it is. */
const rows: readonly (readonly [request: string, ...objects: object[]])[] = [
	[
		'Need namespaces barn and barn-qa. The first gets env=production, the other env=test.',
		{metadata: {name: 'barn', labels: {env: 'production'}}},
		{metadata: {name: 'barn-qa', labels: {env: 'test'}}},
	],
	[
		'barn이랑 barn-qa 네임스페이스 만들어줘. 앞의 것은 env=production, 뒤의 것은 env=test 라벨로',
		{metadata: {name: 'barn', labels: {env: 'production'}}},
		{metadata: {name: 'barn-qa', labels: {env: 'test'}}},
	],
	[
		'Image registry.example/pie:1.0, deployment name pie, namespace shop, three pods, port 8080. Private registry, pull with pull. No service needed.',
		deployment('pie', 3, {image: 'registry.example/pie:1.0', ports: [{containerPort: 8080}]}, {imagePullSecrets: [{name: 'pull'}]}),
	],
	[
		'shop wants a deployment called pie, one pod, image registry.example/pie:1.0, all of recipes as env, and half a gig memory limit',
		deployment('pie', 1, {envFrom: [{configMapRef: {name: 'recipes'}}], resources: {limits: {memory: '512Mi'}}}),
	],
	[
		'Could you stand up a kettle in shop? registry.example/kettle:2, port 9000, single replica, name it kettle, without a service',
		deployment('kettle', 1, {image: 'registry.example/kettle:2', ports: [{containerPort: 9000}]}),
	],
	[
		'shop에 pie 디플로이먼트 올려줘. 이미지 registry.example/pie:1.0, 세 개, 메모리 제한 300Mi, 서비스는 만들지 말고',
		deployment('pie', 3, {resources: {limits: {memory: '300Mi'}}}),
	],
	[
		'shop에 pie라는 디플로이먼트 배포해 주세요. 이미지는 registry.example/pie:1.0이고 pull로 풀 받아야 합니다. 포트 8080',
		deployment('pie', 1, {image: 'registry.example/pie:1.0'}, {imagePullSecrets: [{name: 'pull'}]}),
	],
	[
		"Three-node yeast in oven please: StatefulSet yeast, registry.example/yeast:3, 10Gi of fast each under /var/lib/yeast. Don't add a service.",
		yeast,
	],
	[
		'oven에 yeast 스테이트풀셋 만들어주세요. registry.example/yeast:3 이미지, 세 개, 각 10Gi fast를 /var/lib/yeast에. 서비스는 나중에 만들 거니까 지금은 만들지 마세요',
		yeast,
	],
	[
		'bread needs a second service, bread-internal, ClusterIP, port 3000. The existing one stays.',
		service('bread-internal', 'bread', {port: 3000, targetPort: 8080}),
	],
	[
		"There's no service for the till yet; make one, till-http, port 9100 -> 9000",
		service('till-http', 'till', {port: 9100, targetPort: 9000}),
	],
	[
		'till 서비스 하나 더 필요해요. till-internal, ClusterIP, 3000 포트. 기존 건 그대로 두고요',
		service('till-internal', 'till', {port: 3000, targetPort: 9000}),
	],
	['ConfigMap limits in shop with MAX=30 and MIN=12', {metadata: {name: 'limits'}, data: {MAX: '30', MIN: '12'}}],
	['I need a config map called banner in shop, key text, value "Hello spring"', {metadata: {name: 'banner'}, data: {text: 'Hello spring'}}],
	['shop에 banner라는 컨피그맵 만들어줘. RATIO 값은 0.2, GROUP 값은 control', {data: {RATIO: '0.2', GROUP: 'control'}}],
	[
		'add a service account named counter to shop, only the account, no permissions yet',
		{kind: 'ServiceAccount', metadata: {name: 'counter', namespace: 'shop'}},
	],
	[
		'shop에 counter 서비스어카운트 하나 추가해 주세요. 권한은 아직 주지 마시고 계정만요',
		{kind: 'ServiceAccount', metadata: {name: 'counter', namespace: 'shop'}},
	],
	[
		'only pods labelled app=cake in the same namespace may reach till, on tcp 9000; policy name till-clients',
		{
			kind: 'NetworkPolicy',
			metadata: {name: 'till-clients'},
			spec: {
				podSelector: {matchLabels: {app: 'till'}},
				ingress: [{from: [{podSelector: {matchLabels: {app: 'cake'}}}], ports: [{port: 9000}]}],
			},
		},
	],
	['Autoscale till between 3 and 9 on seventy percent cpu', autoscaler(3, 9, 70)],
	['Have till scale on its own from 2 to 5 once cpu averages 65%', autoscaler(2, 5, 65)],
	['till 자동 스케일 걸어줘. 2개에서 5개까지, cpu 65프로', autoscaler(2, 5, 65)],
	[
		'no more than 3 volume claims in shop. Keep the existing quota as is, make a separate one named shop-claims',
		{kind: 'ResourceQuota', metadata: {name: 'shop-claims'}, spec: {hard: {persistentvolumeclaims: '3'}}},
	],
	['deploy nginx:1.29 as echo', {kind: 'Deployment', metadata: {name: 'echo'}}],
	['deploy nginx:1.29 in shop as echo, two replicas', {kind: 'Deployment', metadata: {name: 'echo'}, spec: {replicas: 2}}],
	[
		'cronjob prune in oven, registry.example/prune:1, every 4 hours, skip a run while the last one is still going',
		{kind: 'CronJob', spec: {schedule: '0 */4 * * *', concurrencyPolicy: 'Forbid'}},
	],
	[
		'oven에 prune 크론잡 만들어줘. registry.example/prune:1, 4시간마다, 이전 실행이 남아 있으면 건너뛰기',
		{kind: 'CronJob', spec: {schedule: '0 */4 * * *', concurrencyPolicy: 'Forbid'}},
	],
	[
		'job reindex in shop: registry.example/reindex:3, retry at most twice, clean up an hour after it ends',
		{kind: 'Job', spec: {backoffLimit: 2, ttlSecondsAfterFinished: 3600}},
	],
	[
		'We need storage for exports: claim exports in shop, two hundred gigs of fast, read write many',
		{kind: 'PersistentVolumeClaim', spec: {accessModes: ['ReadWriteMany'], resources: {requests: {storage: '200Gi'}}}},
	],
	[
		'Deploy registry.example/jam:2.0 as jam in shop: two pods, container port 8080, plus a service of the same name on port 80.',
		deployment('jam', 2, {image: 'registry.example/jam:2.0', ports: [{containerPort: 8080}]}),
		{kind: 'Service', metadata: {name: 'jam', namespace: 'shop'}, spec: {ports: [{port: 80}]}},
	],
	[
		'The baker service account should be able to list and delete jobs in its own namespace. Name role and binding job-sweep.',
		{kind: 'Role', metadata: {name: 'job-sweep', namespace: 'oven'}},
		{kind: 'RoleBinding', metadata: {name: 'job-sweep', namespace: 'oven'}},
	],
	['Make a cluster role claim-reader with get and list on persistentvolumes', {kind: 'ClusterRole', metadata: {name: 'claim-reader'}}],
	[
		'Copy recipes to a new configmap recipes-try with bread=rye',
		{kind: 'ConfigMap', metadata: {name: 'recipes-try', namespace: 'shop'}, data: {bread: 'rye'}},
	],
	[
		'create a job bake in oven from registry.example/bake:1, four indexed completions, may take two hours, annotate it with owner=ana',
		{
			kind: 'Job',
			metadata: {name: 'bake', namespace: 'oven', annotations: {owner: 'ana'}},
			spec: {completions: 4, completionMode: 'Indexed', activeDeadlineSeconds: 7200},
		},
	],
	[
		'Set up proof as a deployment in oven, image registry.example/proof:1. The container is called dough and listens on 8090.',
		{kind: 'Deployment', metadata: {name: 'proof', namespace: 'oven'}, spec: {template: {spec: {containers: [{name: 'dough'}]}}}},
	],
	[
		'I want a pod look in shop, image busybox:1, with the label till-client=true, otherwise the network policy blocks it',
		{kind: 'Pod', metadata: {name: 'look', namespace: 'shop', labels: {'till-client': 'true'}}},
	],
	[
		'oven에 잡 bake 만들어줘. 이미지는 registry.example/bake:1, 제한 시간은 30분, 라벨 keep=7d도 달아서',
		{kind: 'Job', metadata: {name: 'bake', namespace: 'oven', labels: {keep: '7d'}}, spec: {activeDeadlineSeconds: 1800}},
	],
];

test.each(rows.map(([request, ...objects]) => ({request, objects})))('$request', async ({request, objects}) => {
	const made = await madeBy(request);
	expect(made).toHaveLength(objects.length);
	expect(made).toMatchObject(objects);
});

test.each(['nightly-dough job memory request 2Gi', 'nightly-dough 잡에 DRY_RUN 변수 true로 추가해줘'])(
	'settings of a cron job run no job: %s',
	async request => {
		expect((await madeBy(request)).filter(one => 'kind' in one && one.kind === 'Job')).toEqual([]);
	},
);

test('a name that its kind has in another namespace is asked about', async () => {
	expect(await madeBy('Add a configmap recipes with rye=yes')).toMatchObject([
		{kind: 'question', text: expect.stringContaining('recipes in shop'), choices: [{text: 'shop'}, {text: 'default'}]},
	]);
});

test.each(['Let the recipes configmap in shop hold rye=yes, too', 'recipes 컨피그맵에 rye=yes도 추가해줘'])(
	'what is there is not made once more under another name: %s',
	async request => {
		expect(JSON.stringify(await madeBy(request))).not.toContain('"kind":"ConfigMap"');
	},
);
