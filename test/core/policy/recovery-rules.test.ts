import {expect, test} from 'vitest';
import type {Plan, Write} from '../../../src/core/plan.ts';
import {judge} from '../../../src/core/policy/judge.ts';
import {policySchema} from '../../../src/core/policy/policy.ts';
import type {PolicyQuestion} from '../../../src/core/policy/policy-question.ts';

const web = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'};
const patch: Write = {op: 'patch', ref: web, type: 'merge', patch: {}};
const remove: Write = {op: 'delete', ref: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'}};
const create: Write = {op: 'create', ref: remove.ref, manifest: {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1'}}};

type Shape = {
	readonly tool?: string;
	readonly input?: Plan['input'];
	readonly risk?: Plan['risk']['level'];
	readonly writes?: readonly Write[];
	readonly at?: string;
	readonly tainted?: boolean;
};

const mending = ({
	tool = 'auto_recovery',
	input = {},
	risk = 'low',
	writes = [patch],
	at = '2026-11-27T23:00:00Z',
	tainted,
}: Shape = {}): PolicyQuestion => ({
	tool,
	effect: 'change',
	context: 'staging',
	identity: 'ana',
	nowMs: Date.parse(at),
	tainted,
	plan: {
		version: 1,
		tool,
		target: {context: 'staging', cluster: 'staging', clusterId: 'c', namespace: 'shop', identity: 'ana'},
		input: {fault: 'target-port-not-there', tool: 'resource_patch', undoIfWorse: false, ...input},
		summary: 's',
		risk: {level: risk, reasons: []},
		steps: [{title: 't', writes}],
		changes: [],
		consequences: [],
		preconditions: [],
		verify: [],
		undo: {possible: true, how: ''},
	},
});

const night = {
	tool: 'auto_recovery',
	faults: ['target-port-not-there', 'selector-*'],
	namespace: 'shop',
	hours: '22:00-06:00 Europe/Berlin',
	effect: 'allow',
};

test.each<[string, readonly object[], PolicyQuestion, string]>([
	['a fault of the list passes at night', [night], mending(), 'allow'],
	['a pattern names several', [night], mending({input: {fault: 'selector-fits-no-pod'}}), 'allow'],
	['not another fault', [night], mending({input: {fault: 'crashes'}}), 'ask'],
	['not by day', [night], mending({at: '2026-11-27T12:00:00Z'}), 'ask'],
	['not in another namespace', [{...night, namespace: 'bank'}], mending(), 'ask'],
	['several hours', [{...night, hours: ['Sat,Sun', '22:00-06:00']}], mending({at: '2026-11-28T12:00:00Z'}), 'allow'],
	['not another tool, which mends no fault', [{...night, tool: '*'}], mending({tool: 'resource_patch'}), 'ask'],
	['a medium risk passes where nothing is said', [night], mending({risk: 'medium'}), 'allow'],
	['a high risk never does', [night], mending({risk: 'high'}), 'ask'],
	['not even where a rule says so', [{...night, maxRisk: 'high'}], mending({risk: 'high'}), 'ask'],
	['low is low', [{...night, maxRisk: 'low'}], mending({risk: 'medium'}), 'ask'],
	['only what takes itself back', [{...night, undoIfWorse: true}], mending(), 'ask'],
	['what takes itself back', [{...night, undoIfWorse: true}], mending({input: {undoIfWorse: true}}), 'allow'],
	['a model that has read texts of others never does', [night], mending({tainted: true}), 'ask'],
	['what is denied to a tool is denied to the remedy that calls it', [{tool: 'resource_patch', effect: 'deny'}, night], mending(), 'deny'],
	['what is allowed to a tool is not to a remedy', [{tool: 'resource_patch', effect: 'allow'}], mending(), 'ask'],
	[
		'a remedy that deletes is destructive',
		[{toolEffect: 'destructive', effect: 'deny'}, night],
		mending({writes: [remove, create]}),
		'deny',
	],
	['and no change that is only that', [{toolEffect: 'change', effect: 'allow'}], mending({writes: [remove, create]}), 'ask'],
	['hours hold for any tool', [{hours: 'Sat,Sun', effect: 'deny'}], mending({tool: 'resource_patch', at: '2026-11-28T12:00:00Z'}), 'deny'],
])('%s', (_, rules, question, answer) => {
	expect(judge(policySchema.parse({rules}), [], question).answer).toBe(answer);
});

test('hours that are none are told, and the file lets nothing pass', () => {
	expect(() => policySchema.parse({rules: [{...night, hours: 'at night'}]})).toThrow(/expected hours such as 22:00-06:00 Europe\/Berlin/);
});
