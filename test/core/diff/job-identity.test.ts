import {expect, test} from 'vitest';
import {withoutJobUid} from '../../../src/core/diff/job-identity.ts';

const uid = {'controller-uid': 'u', 'batch.kubernetes.io/controller-uid': 'u'};
const job = (more: object) => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {name: 'once', labels: {app: 'once', ...uid}},
	spec: {...more, selector: {matchLabels: uid}, template: {metadata: {labels: {app: 'once', ...uid}}, spec: {}}},
});

test('takes the uid out of the labels, and the selector that stands for it', () => {
	expect(withoutJobUid(job({}))).toEqual({
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {name: 'once', labels: {app: 'once'}},
		spec: {template: {metadata: {labels: {app: 'once'}}, spec: {}}},
	});
});

test.each([
	['a job that brings its own selector', job({manualSelector: true})],
	['another kind', {...job({}), kind: 'Deployment'}],
	['a job without a spec', {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'once'}}],
])('leaves %s as it is', (_name, object) => {
	expect(withoutJobUid(object)).toBe(object);
});
