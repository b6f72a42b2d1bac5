import {expect, test} from 'vitest';
import {type Environment, environmentText} from '../../../../src/agents/deploy/environment/environment-output.ts';

const unread = (what: string, ...kinds: readonly string[]) => kinds.map(kind => ({what, why: `${kind}: reading them is not allowed`}));
const seenByFew: Environment = {
	...{namespace: 'shop', version: 'v1.36.3', kubelets: [], remarks: [], parts: []},
	notChecked: [
		...unread('controllers in place', 'deployments.apps', 'statefulsets.apps'),
		...unread('Ingress classes', 'ingressclasses.networking.k8s.io'),
		{what: "the API server's count of deprecated APIs (/metrics)", why: 'dev may not get /metrics'},
	],
};
const lines = environmentText(seenByFew, {width: 80, terminal: false, nowMs: 0}).split('\n');

test('kinds that one look lacks are one sentence', () => {
	expect(lines.filter(line => line.startsWith('- '))).toEqual([
		'- not checked: controllers in place, because deployments.apps, statefulsets.apps: reading them is not allowed',
		'- not checked: Ingress classes, because ingressclasses.networking.k8s.io: reading them is not allowed',
		"- not checked: the API server's count of deprecated APIs (/metrics), because dev may not get /metrics",
	]);
});

test('what nobody could look at is not told as not found', () => {
	expect(lines.filter(line => line.startsWith('Not found'))).toEqual(['Not found: Gateway API']);
});
