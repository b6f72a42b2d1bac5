import {expect, test} from 'vitest';
import {podExec} from '../../../src/sandbox/life/kubelet/pod-exec.ts';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';

const pod: Pod = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'web-1', namespace: 'app'},
	spec: {containers: [{name: 'web', image: 'a:1', env: [{name: 'PASSWORD', value: 'planted-canary'}]}]},
};

test.each([
	[['echo', 'a', 'b'], 'a b\n'],
	[['cat', '/etc/hostname'], 'web-1\n'],
	[['/bin/hostname'], 'web-1\n'],
	[['env'], 'HOSTNAME\nPATH\nHOME\nPASSWORD\n'],
])('%j answers', (command, stdout) => {
	expect(podExec(pod, 'web', command)).toEqual({stdout, stderr: '', exitCode: 0});
});

test('the value of a variable is never shown', () => {
	expect(JSON.stringify(podExec(pod, 'web', ['env']))).not.toContain('planted-canary');
});

test.each([[['sh', '-c', 'rm -rf /']], [['cat', '/etc/passwd']], [[]]])('%j is not run', command => {
	expect(podExec(pod, undefined, command)).toMatchObject({exitCode: 126, stderr: 'the embedded cluster runs no programs\n'});
});
