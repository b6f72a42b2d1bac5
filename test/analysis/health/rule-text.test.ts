import {expect, test} from 'vitest';
import {holds} from '../../../src/analysis/health/rule-test.ts';
import {fill} from '../../../src/analysis/health/rule-text.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const object: KubeObject = {
	apiVersion: 'example.dev/v1',
	kind: 'Widget',
	metadata: {name: 'one', annotations: {'example.dev/hold': 'on'}},
	spec: {members: 3},
	status: {
		phase: 'Working',
		ready: 2,
		zero: 0,
		racks: {a: {word: 'up'}, b: {word: 'down'}},
		list: [{name: 'x'}],
		none: [],
		conditions: [{type: 'Ready', status: 'False', reason: 'Creating', message: 'on its way'}],
	},
};

test.each([
	['', true],
	['Ready', true],
	['!Ready', false],
	['Synced', false],
	['Ready=False|Unknown', true],
	['Ready=True', false],
	['Ready=False(Deleting|Creating)', true],
	['Ready=False(Deleting)', false],
	['status.phase=Failed|Working & Ready=False', true],
	['status.phase=Failed & Ready=False', false],
	['status.ready<spec.members', true],
	['spec.members<status.ready', false],
	['status.zero=0', true],
	['status.none', false],
	['status.list.*', true],
	['metadata.annotations[example.dev/hold]=on', true],
])('the test %j is %s', (test, answer) => {
	expect(holds(test, object)).toBe(answer);
});

test.each([
	['{kind} {status.phase}', 'Widget Working'],
	['{kind:lower}', 'widget'],
	['{status.racks.*.word}', 'up; down'],
	['{Ready.reason}: {Ready.message}', 'Creating: on its way'],
	['{status.gone||<none>}', '<none>'],
	['{status.gone||message}', 'told'],
	['{status.zero}', '0'],
	['{Synced.message}', ''],
	['Listener {part}: {message}', 'Listener http: told'],
])('%j says %j', (text, said) => {
	expect(fill(text, object, {message: 'told', part: 'http'})).toBe(said);
});
