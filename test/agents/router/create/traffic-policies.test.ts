import {describe, expect, test} from 'vitest';
import {guards, intents, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {bakery} from './bakery.ts';
import {manifestsOf} from './made.ts';

const asked = (request: string) => route(request, bakery, {guards, wholes, intents, nowMs: 0});

const app = (name: string) => ({podSelector: {matchLabels: {app: name}}});
const space = (name: string) => ({namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': name}}});
const dns = {ports: [{port: 53}, {port: 53}]};

type Row = readonly [request: string, place: string, spec: object];

const rows: readonly Row[] = [
	[
		'bread should take connections on 8080 from the namespace oven, no longer from till or anyone else. Policy bread-in',
		'shop',
		{...app('bread'), ingress: [{from: [space('oven')]}]},
	],
	[
		'Only the cake pods, and certainly not till, may talk to bread on 8080. Call the policy bread-callers',
		'shop',
		{...app('bread'), ingress: [{from: [app('cake')], ports: [{port: 8080}]}]},
	],
	[
		'bread는 cake에서만 8080으로 들어오게 해줘. till은 더 이상 안 돼. 정책 이름 bread-callers',
		'shop',
		{...app('bread'), ingress: [{from: [app('cake')], ports: [{port: 8080}]}]},
	],
	[
		'The bread pods open port 8080 to the oven namespace and to nobody else (networkpolicy bread-scrape)',
		'shop',
		{...app('bread'), policyTypes: ['Ingress'], ingress: [{from: [space('oven')], ports: [{port: 8080}]}]},
	],
	['Policy oven-mute for oven: pods there must not open any outbound connection', 'oven', {podSelector: {}, policyTypes: ['Egress']}],
	['Nothing in oven may send traffic out; write it as policy oven-quiet', 'oven', {podSelector: {}, policyTypes: ['Egress']}],
	[
		'Lock down bread: just the pods of cake may connect, on 8080. Call it bread-lock',
		'shop',
		{...app('bread'), ingress: [{from: [app('cake')], ports: [{port: 8080}]}]},
	],
	[
		'bread의 파드는 cake만 8080번으로 부를 수 있게 bread-in 정책을 걸어줘',
		'shop',
		{...app('bread'), ingress: [{from: [app('cake')], ports: [{port: 8080}]}]},
	],
	[
		'Cake is to be callable on 8080 by the till pods and by nobody else. Call it cake-callers',
		'shop',
		{...app('cake'), ingress: [{from: [app('till')], ports: [{port: 8080}]}]},
	],
	[
		'All pods labelled tier=front in shop are to be reachable on 8080 by the till pods alone. Call the policy front-in.',
		'shop',
		{podSelector: {matchLabels: {tier: 'front'}}, ingress: [{from: [app('till')], ports: [{port: 8080}]}]},
	],
	[
		'Only what runs in oven gets to open port 8080 of brread: network policy bread-in',
		'shop',
		{...app('bread'), ingress: [{from: [space('oven')]}]},
	],
	[
		'Keep everyone but cake away from bread port 8080: NetworkPolicy bread-shield',
		'shop',
		{...app('bread'), ingress: [{from: [app('cake')]}]},
	],
	[
		'The pods of bread answer only to those labelled app=cake, port 8080. Name: bread-guard',
		'shop',
		{...app('bread'), ingress: [{from: [app('cake')], ports: [{port: 8080}]}]},
	],
	[
		'Inbound traffic to any pod of oven shall come from its own pods and from nowhere else; write that as policy oven-only',
		'oven',
		{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]},
	],
	[
		'The bank sits in 10.7.0.0/16. Till may open connections to that range on 443 and to nothing else; leave ingress alone. Policy till-out',
		'shop',
		{...app('till'), policyTypes: ['Egress'], egress: [{to: [{ipBlock: {cidr: '10.7.0.0/16'}}], ports: [{port: 443}]}]},
	],
	[
		'cake must never reach anything but bread on 8080 plus DNS — policy cake-out',
		'shop',
		{...app('cake'), policyTypes: ['Egress'], egress: [{to: [app('bread')], ports: [{port: 8080}]}, dns]},
	],
	[
		'Nothing may leave oven: one policy, oven-mute, for every pod there, without touching incoming traffic',
		'oven',
		{policyTypes: ['Egress']},
	],
	['block all traffic into oven, policy oven-in', 'oven', {policyTypes: ['Ingress']}],
	['block all traffic out of oven, policy oven-out', 'oven', {policyTypes: ['Egress']}],
	[
		'No pod in oven shall call anything outside: netpol oven-quiet, all egress denied, ingress untouched',
		'oven',
		{policyTypes: ['Egress']},
	],
	[
		'Lock down oven in both directions: policy oven-shut, valid for every pod',
		'oven',
		{podSelector: {}, policyTypes: ['Ingress', 'Egress']},
	],
	['A network policy in oven named oven-closed which selects every pod and permits no ingress at all', 'oven', {policyTypes: ['Ingress']}],
	[
		'till로 들어오는 연결은 있을 이유가 없습니다. 인그레스를 전부 막는 정책 till-closed 만들어 주세요',
		'shop',
		{...app('till'), policyTypes: ['Ingress']},
	],
	[
		'till이 bread 8080에 못 붙고 있어. 그 경로만 여는 정책 bread-open 추가해줘',
		'shop',
		{...app('bread'), ingress: [{from: [app('till')], ports: [{port: 8080}]}]},
	],
	[
		'shop의 모든 파드가 oven 네임스페이스에서 오는 트래픽은 포트 상관없이 받도록 정책 from-oven 만들어줘',
		'shop',
		{podSelector: {}, ingress: [{from: [space('oven')]}]},
	],
	[
		'till에는 cake 말고 아무도 9000으로 못 붙게 해줘. 이름 till-guard',
		'shop',
		{...app('till'), ingress: [{from: [app('cake')], ports: [{port: 9000}]}]},
	],
	[
		'shop의 till 파드는 oven 네임스페이스의 TCP 8080으로만 나가게 하고 DNS까지 포함해 나머지 egress는 전부 막아줘. 정책 이름은 till-oven',
		'shop',
		{...app('till'), policyTypes: ['Egress'], egress: [{to: [space('oven')], ports: [{port: 8080}]}]},
	],
	[
		'oven은 곧 정리할 예정이라 모든 파드의 나가는 통신을 끊고 싶어. 정책 이름은 oven-cut이고 인그레스는 그대로 두세요',
		'oven',
		{policyTypes: ['Egress']},
	],
];

describe('who may speak with whom', () => {
	test.each(rows)('%s', async (request, namespace, spec) => {
		expect(manifestsOf(await asked(request))).toMatchObject([{kind: 'NetworkPolicy', metadata: {namespace}, spec}]);
	});
});

describe('whom a rule lets in is never left open', () => {
	test.each([
		'Only the drivers may reach till on 9000: network policy till-drivers',
		'네트워크 정책 till-drivers: till 9000은 배달 기사만 접근 가능하게',
		'Nobody except the proxies gets to bread at 8080, policy bread-proxies',
	])('%s', async request => {
		expect(manifestsOf(await asked(request))).toEqual([]);
	});
});

test.each([
	'Policy bread-shut: bread must not be reachable from till.',
	'Create a network policy cake-out: cake must never talk to bread.',
	'bread는 till에서 접근 못 하게 정책 bread-shut 만들어줘',
])('whom a policy is to stop is never let through by it: %s', async request => {
	expect(await asked(request)).toMatchObject([{kind: 'question'}]);
});
