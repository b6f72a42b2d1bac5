import {expect, test} from 'vitest';
import {guards, intents, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import type {Understanding} from '../../../../src/agents/router/understanding.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';
import {bakery} from './bakery.ts';

const manifestsOf = (understood: readonly Understanding[]) =>
	understood
		.flatMap(one => (one.kind === 'calls' ? one.calls : []))
		.flatMap(({input}) => (typeof input.manifest === 'string' ? readManifests(input.manifest).map(({object}) => object) : []));

const asked = (request: string) => route(request, bakery, {guards, wholes, intents, nowMs: 0});

const namespace = (name: string, labels?: object) => ({kind: 'Namespace', metadata: {name, ...(labels === undefined ? {} : {labels})}});
const service = (name: string, spec: object) => ({kind: 'Service', metadata: {name, namespace: 'shop'}, spec});

/** One thing that is not there, in sentences of any order, with what is told around it. */
const rows: readonly (readonly [request: string, ...objects: readonly object[]])[] = [
	[
		'The apprentices start on Monday. Their namespace is to be dough-school, with label team=apprentices.',
		namespace('dough-school', {team: 'apprentices'}),
	],
	['Reserve three namespaces for the fair: fair-a, fair-b, fair-c.', namespace('fair-a'), namespace('fair-b'), namespace('fair-c')],
	['Ovens get tested in proof-room, a namespace that does not exist yet.', namespace('proof-room')],
	[
		'ns 두 개 열어줘: fair-kr 이랑 fair-jp, 라벨은 둘 다 env=fair',
		namespace('fair-kr', {env: 'fair'}),
		namespace('fair-jp', {env: 'fair'}),
	],
	[
		'Set up namespace strict-room: pod security enforces restricted, audits at baseline.',
		namespace('strict-room', {'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/audit': 'baseline'}),
	],
	[
		'Customers stick to one till. Add till-sticky, a cluster-internal service with ClientIP session affinity, 80 going to 9000.',
		service('till-sticky', {
			type: 'ClusterIP',
			sessionAffinity: 'ClientIP',
			selector: {app: 'till'},
			ports: [{port: 80, targetPort: 9000}],
		}),
	],
	[
		'The till should be open to the street by a load balancer named till-street, 443 to 9000',
		service('till-street', {type: 'LoadBalancer', ports: [{port: 443, targetPort: 9000}]}),
	],
	[
		'till을 밖에서 붙어보려고 해요. NodePort 서비스 till-np 추가해 주세요, 80으로 받아 9000으로 넘기고 노드포트 번호는 30917로요.',
		service('till-np', {type: 'NodePort', ports: [{port: 80, targetPort: 9000, nodePort: 30917}]}),
	],
	[
		'I want the till on every node at port 30999: NodePort service till-node',
		service('till-node', {type: 'NodePort', ports: [{port: 9000, nodePort: 30999}]}),
	],
	[
		'Service bank-gate in shop: an alias that points to gate.bank.example.com',
		service('bank-gate', {type: 'ExternalName', externalName: 'gate.bank.example.com'}),
	],
];

test.each(rows.map(([request, ...objects]) => [request, objects] as const))('%s', async (request, objects) => {
	const made = manifestsOf(await asked(request));
	expect(made).toHaveLength(objects.length);
	expect(made).toMatchObject(objects);
});

/** What stands in the place of a name and is none, and what a plan would leave out. */
test.each([
	'Add a namespace carrying the same labels as all the others',
	'The service reads its settings from nowhere, make one',
	'Create configmap oven-notes in oven with HEAT=220 and then restart the bread deployment',
	'Create configmap oven-notes in oven with HEAT=220, but only up to 17 of them',
])('nothing is made by a guess: %s', async request => {
	const understood = await asked(request);
	expect(manifestsOf(understood).filter(({kind}) => kind !== 'ConfigMap')).toEqual([]);
});
