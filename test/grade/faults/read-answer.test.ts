import {expect, test} from 'vitest';
import {readAnswer} from './read-answer.ts';

const answer = (code: number, out: object, err = '') => readAnswer({code, out: JSON.stringify(out), err});
const incident = {
	id: 'target-port-not-open',
	severity: 'high',
	resource: {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'},
	path: 'spec.ports[http].targetPort',
	cause: 'no container port is called https',
};

test('incidents are findings of their objects', () => {
	const {findings} = answer(0, {kind: 'done', tool: 'failure_detect', output: {incidents: [incident], notChecked: []}});
	expect(findings).toEqual([{severity: 'high', kind: 'Service', namespace: 'shop', name: 'web', path: 'spec.ports[http].targetPort'}]);
});

test.each([
	['a quiet cluster', answer(0, {kind: 'done', output: {incidents: []}}), {told: 'done', findings: []}],
	['a remedy', answer(0, {kind: 'done', output: {}, plan: {summary: 'Set targetPort to http'}}), {told: 'done: Set targetPort to http'}],
	['a failure', answer(1, {kind: 'failed', error: {what: 'It failed', why: 'no\nreason'}}), {told: 'failed: It failed: no reason'}],
	[
		'a choice left to a person',
		answer(2, {kind: 'failed', output: {choices: [{command: "mkcoa incident fix 'a:B/c/d e' --choice 2"}, {command: 'mkcoa x'}]}}),
		{told: 'failed', choice: ['incident', 'fix', 'a:B/c/d e', '--choice', '2']},
	],
	['no ways at all', answer(2, {kind: 'failed', output: {choices: []}}), {told: 'failed'}],
	['no', answer(2, {kind: 'rejected', feedback: 'policy'}), {told: 'rejected: policy'}],
	['no JSON', readAnswer({code: 70, out: '', err: 'a bug\n'}), {told: 'failed with exit code 70: a bug'}],
])('%s', (_what, read, wanted) => {
	expect(read).toEqual(wanted);
});
