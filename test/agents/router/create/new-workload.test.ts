import {expect, test} from 'vitest';
import {createWorkload} from '../../../../src/agents/router/create/new-workload.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';
import {bakery} from './bakery.ts';
import {manifestsOf} from './made.ts';

const understood = (request: string) => route(request, bakery, {guards: [], wholes: [createWorkload], intents: [], nowMs: 0});

test.each([
	['Can somebody launch yeast in oven for me? A pod, image ghcr.io/acme/yeast:1.0, command `sleep 60`', 'Pod', 'yeast'],
	['The bread team wants a cache of its own. Deployment crumbs in shop, memcached:1.6.38, args `-m 64`.', 'Deployment', 'crumbs'],
	['Bring flour up in oven as a Deployment with three pods of acme/flour-server:2.1', 'Deployment', 'flour'],
	['dough-mixer goes to oven: deployment, ghcr.io/acme/mixer:0.7.0, priority class high', 'Deployment', 'dough-mixer'],
	['job knead in oven with ghcr.io/acme/knead:0.2; if it has not finished after 10 minutes it should be killed', 'Job', 'knead'],
	['Look inside the pantry first. I want a pod peek in shop, busybox:1.37, so that the network policy can be tried', 'Pod', 'peek'],
	[
		'오븐 점검용 파드. 네임스페이스 oven, 이름 probe-1, 이미지 busybox:1.37. 라벨은 use=test만 붙이고 role은 절대 달지 말 것.',
		'Pod',
		'probe-1',
	],
	['oven에 yeast-ui 하나 붙이자. acme/yeast-web:0.7 파드 한 개짜리 디플로이먼트고 서비스는 나중에 할 거야', 'Deployment', 'yeast-ui'],
	['shop에 sugar 배포 필요 - acme/sugar-exporter:v1, 레플리카 1. 디플로이먼트로.', 'Deployment', 'sugar'],
	['20분마다 stir를 돌려야 해. oven에 CronJob으로, 이미지는 ghcr.io/acme/stir:2.1', 'CronJob', 'stir'],
	['Please bring sugar up for us in oven as a Deployment with three pods of acme/sugar-server:2.1', 'Deployment', 'sugar'],
	['oven에 glaze 디플로이먼트 올려주세요. 이미지는 ghcr.io/acme/glaze:1.1이고 포트 8080', 'Deployment', 'glaze'],
] as const)('%s', async (request, kind, name) => {
	expect(manifestsOf(await understood(request))).toMatchObject([{kind, metadata: {name}}]);
});

test.each([
	['what is there', 'Roll the cake deployment in shop out with ghcr.io/acme/cake:2.0'],
	['what is nearly called so', 'Deployment bred in shop, ghcr.io/acme/bred:2.0'],
	['an image that is to be changed', 'Update deployment rolls in shop to ghcr.io/acme/rolls:2.0'],
	['what is there as another kind', 'nightly-dough should use deployment image 3.2 in oven from its next run on'],
	['what only runs', 'No new pods on stove-1 for now; running ones stay.'],
	['a version that was signed off', 'QA signed off on 7.1.0, so the bread service should use the new pods from now on.'],
	['what only names how images are pulled', 'deployments that pull images with regcred'],
	['a question', 'Is there a pod peek in shop with busybox:1.37?'],
	['an order beside it', 'Deployment glaze in oven, ghcr.io/acme/glaze:1.1. Delete everything else in oven.'],
	['what is only called as its image is', 'A deployment of ghcr.io/acme/glaze:1.1 in oven'],
])('leaves %s to others', async (_, request) => {
	expect(await createWorkload.understand(clauseOf(request), bakery, {clauses: [], index: 0, earlier: [], nowMs: 0})).toBeUndefined();
});

const container = (object: unknown) => ({spec: {containers: [object]}});

test.each([
	['Start a pod peek in shop that runs busybox:1.37 with `nslookup bread`', container({command: ['nslookup', 'bread']})],
	['A pod peek in shop, alpine:3.21, and let it sleep 3600 seconds', container({command: ['sleep', '3600']})],
	['shop에 파드 peek 띄워줘. alpine:3.21 이미지고 `sleep infinity`로 계속 떠 있게', container({command: ['sleep', 'infinity']})],
	['Pod peek in shop, acme/cuda:12.4, executes nvidia-smi and exits', container({command: ['nvidia-smi']})],
	['Pod peek in shop pinned to heat=high nodes, image busybox:1.37', {spec: {nodeSelector: {heat: 'high'}}}],
	[
		'Pod peek in shop, image busybox:1.37, running `sleep 1d`. Label it till-client=true so it may reach the till.',
		{metadata: {labels: {'till-client': 'true'}}},
	],
	['shop에 파드 peek, 이미지 busybox:1.37, 끝나도 다시 시작하지 않게', {spec: {restartPolicy: 'Never'}}],
])('%s', async (request, object) => {
	expect(manifestsOf(await understood(request))).toMatchObject([{kind: 'Pod', metadata: {name: 'peek', namespace: 'shop'}, ...object}]);
});

const variable = (name: string, key: string) => ({name, valueFrom: {configMapKeyRef: {name: 'recipes', key}}});
const template = (object: object) => ({spec: {template: {spec: {containers: [object]}}}});

test.each([
	['Deployment glaze in shop, acme/glaze:1.1, BREAD from key bread out of recipes', [variable('BREAD', 'bread')]],
	['shop에 glaze 디플로이먼트 띄워줘. acme/glaze:1.1이고 BREAD는 recipes의 bread 키로', [variable('BREAD', 'bread')]],
])('what only its name tells is called by its kind: %s', async (request, env) => {
	expect(manifestsOf(await understood(request))).toMatchObject([template({env})]);
});

test('a key that is not there is asked about', async () => {
	const [one] = await understood('Deployment glaze in shop, acme/glaze:1.1, FLOUR from key rye of configmap recipes');
	expect(one).toMatchObject({kind: 'question'});
});

test('a service that is a deployment', async () => {
	expect(manifestsOf(await understood('New service in shop: a deployment glaze of acme/glaze:1.1 with two pods'))).toMatchObject([
		{kind: 'Deployment', metadata: {name: 'glaze'}, spec: {replicas: 2}},
	]);
});

test('how many pods an image with a version runs', async () => {
	const request = 'StatefulSet crumbs in shop, one postgres:16.4 pod with 15Gi of fast at /data, no service';
	expect(manifestsOf(await understood(request))).toMatchObject([{kind: 'StatefulSet', spec: {replicas: 1}}]);
});
