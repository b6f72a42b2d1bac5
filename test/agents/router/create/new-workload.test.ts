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
