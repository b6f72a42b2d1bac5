import {expect, test} from 'vitest';
import {allNested} from '../../../../src/agents/router/fields/nested/all-nested.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

const object = (kind: string) => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {name: 'oven'},
	spec: {selector: {matchLabels: {app: 'oven'}}, template: {spec: {containers: [{name: 'oven'}]}}},
});

const of = (kind: string, text: string) =>
	Object.fromEntries(
		allNested
			.filter(({kinds}) => kinds.includes(kind))
			.flatMap(({path, read}) => {
				const value = read(clauseOf(text), object(kind));
				return value === undefined ? [] : [[path.join('.'), value]];
			}),
	);

const bakers = {labelSelector: {matchLabels: {app: 'oven'}}};

test.each([
	['tolerates taint use=bake:NoSchedule', {tolerations: [{key: 'use', operator: 'Equal', value: 'bake', effect: 'NoSchedule'}]}],
	[
		'toleration for key gpu, effect NoExecute for 60 seconds',
		{tolerations: [{key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60}]},
	],
	['모든 테인트를 견디게 해줘', {tolerations: [{operator: 'Exists'}]}],
	['톨러레이션 spot:NoSchedule 추가', {tolerations: [{key: 'spot', operator: 'Exists', effect: 'NoSchedule'}]}],
	['a preStop hook (exec) "sleep 7"', {'lifecycle.preStop': {exec: {command: ['sleep', '7']}}}],
	['preStop 훅으로 3초 대기', {'lifecycle.preStop': {sleep: {seconds: 3}}}],
	['host alias 10.9.0.4 flour.mill', {hostAliases: [{ip: '10.9.0.4', hostnames: ['flour.mill']}]}],
	['/etc/hosts에 flour.mill은 10.9.0.4로', {hostAliases: [{ip: '10.9.0.4', hostnames: ['flour.mill']}]}],
	[
		'drop all capabilities and add NET_ADMIN',
		{'securityContext.capabilities.drop': ['ALL'], 'securityContext.capabilities.add': ['NET_ADMIN']},
	],
	['with dns option ndots 2', {'dnsConfig.options': [{name: 'ndots', value: '2'}]}],
	[
		'spread evenly over the zones, if possible',
		{topologySpreadConstraints: [{maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', ...bakers}]},
	],
	[
		'never two of them on the same node',
		{'affinity.podAntiAffinity': {requiredDuringSchedulingIgnoredDuringExecution: [{...bakers, topologyKey: 'kubernetes.io/hostname'}]}},
	],
	['three replicas of it, please', {}],
])('%s', (text, expected) => {
	expect(of('Deployment', text)).toEqual(expected);
});

test.each([
	['it may add at most 4 pods per minute', {'spec.behavior.scaleUp.policies': [{type: 'Pods', value: 4, periodSeconds: 60}]}],
	['scale down by 10% every 30 seconds', {'spec.behavior.scaleDown.policies': [{type: 'Percent', value: 10, periodSeconds: 30}]}],
	['5분마다 파드 1개씩만 줄이게', {'spec.behavior.scaleDown.policies': [{type: 'Pods', value: 1, periodSeconds: 300}]}],
])('of an autoscaler: %s', (text, expected) => {
	expect(of('HorizontalPodAutoscaler', text)).toEqual(expected);
});
