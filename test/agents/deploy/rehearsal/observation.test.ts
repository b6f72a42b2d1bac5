import {expect, test} from 'vitest';
import {observeRehearsal} from '../../../../src/agents/deploy/rehearsal/observation.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

const refused = (pod: string, message: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Event',
	metadata: {name: `event-${pod}`, namespace: 'shop'},
	reason: 'FailedCreate',
	message: `Error creating: pods "${pod}" is forbidden: ${message}`,
	involvedObject: {kind: 'ReplicaSet', name: 'web-b7cf846f9'},
});

test('a quota is told once, however many pods it refused and however much of it was used by then', () => {
	const seen = observeRehearsal('shop', []);
	for (const [index, used] of ['300m', '300m', '350m'].entries()) {
		const message = `exceeded quota: small, requested: requests.cpu=350m, used: requests.cpu=${used}, limited: requests.cpu=400m`;
		seen.see({type: 'ADDED', object: refused(`web-b7cf846f9-${index}`, message)});
	}
	expect(seen.findings().filter(({level}) => level === 'bad')).toEqual([
		{
			id: 'quota',
			level: 'bad',
			text: 'ReplicaSet web-b7cf846f9 cannot make a pod: exceeded quota: small, requested: requests.cpu=350m, used: requests.cpu=350m, limited: requests.cpu=400m',
		},
	]);
});

test('two refusals of the same pod template are one', () => {
	const seen = observeRehearsal('shop', []);
	for (const name of ['a', 'b'])
		seen.see({type: 'ADDED', object: refused(`web-b7cf846f9-${name}`, 'violates PodSecurity "restricted:latest"')});
	expect(seen.findings().filter(({level}) => level === 'bad')).toMatchObject([
		{id: 'refused', text: 'ReplicaSet web-b7cf846f9 cannot make a pod: violates PodSecurity "restricted:latest"'},
	]);
});
