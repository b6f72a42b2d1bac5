import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {ago, detected, runs, workload} from './running.ts';

const locked = {securityContext: {readOnlyRootFilesystem: true}};
const ends = (message: string) => [
	{
		ready: false,
		container: {
			restartCount: 5,
			state: {waiting: {reason: 'CrashLoopBackOff'}},
			lastState: {terminated: {reason: 'Error', exitCode: 1, message, startedAt: ago(2), finishedAt: ago(1)}},
		},
	},
];
const nginx = 'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)';
const told = (now: JsonObject, before: JsonObject | undefined, words: string) => detected(workload(now, {before, pods: ends(words)}));
const fault = 'critical root-file-system-read-only Deployment/web spec.template.spec.containers[web]';
const flag = `${fault}.securityContext.readOnlyRootFilesystem`;
const room = (directory: string, name: string) =>
	`add spec/volumes=[{"name":"${name}","emptyDir":{}}], add 0/volumeMounts=[{"name":"${name}","mountPath":"${directory}"}]`;

test.each([
	['a web server', nginx, `sure ${room('/var/cache/nginx', 'scratch-var-cache-nginx')}`],
	['a shell', "/bin/sh: can't create /tmp/pid: Read-only file system", `sure ${room('/tmp', 'scratch-tmp')}`],
	['Go', 'panic: open /run/app/lock: read-only file system', `sure ${room('/run/app', 'scratch-run-app')}`],
	[
		'Python',
		'  File "/app/main.py", line 3\nOSError: [Errno 30] Read-only file system: \'/tmp/x/y\'',
		`sure ${room('/tmp/x', 'scratch-tmp-x')}`,
	],
	['Node.js', "Error: EROFS: read-only file system, open '/app/state/x.json'", `choice ${room('/app/state', 'scratch-app-state')}`],
])('%s that may not write', (_, words, what) => {
	expect(told(runs(locked), runs(), words)).toMatchObject([{told: flag, what}]);
	expect(told(runs(locked), undefined, words)).toMatchObject([{told: flag, what}]);
});

test('that nothing may be written any more is taken back where there is nothing less', () => {
	expect(told(runs(locked), runs(), 'mkdir /state: read-only file system')).toMatchObject([
		{told: flag, what: 'choice remove 0/securityContext'},
	]);
	expect(told(runs(locked), undefined, 'read-only file system')).toMatchObject([{told: flag, what: 'no remedy'}]);
});

test('a volume that a release took away comes back', () => {
	const mounted = runs({...locked, volumeMounts: [{name: 'state', mountPath: '/state'}]}, {volumes: [{name: 'state', emptyDir: {}}]});
	expect(told(runs(locked), mounted, 'open /state/x: read-only file system')).toMatchObject([
		{told: `${fault}.volumeMounts`, what: expect.stringMatching(/^sure add 0\/volumeMounts=.*add spec\/volumes=/)},
	]);
});

test('a second volume goes behind the first', () => {
	const one = runs({...locked, volumeMounts: [{name: 'a', mountPath: '/a'}]}, {volumes: [{name: 'a', emptyDir: {}}]});
	expect(told(one, undefined, nginx)).toMatchObject([
		{
			what: 'sure add volumes/1={"name":"scratch-var-cache-nginx","emptyDir":{}}, add volumeMounts/1={"name":"scratch-var-cache-nginx","mountPath":"/var/cache/nginx"}',
		},
	]);
});

test.each([
	['whose root file system may be written', runs(), 'open /data/x: read-only file system'],
	[
		'that writes to a volume which is read-only',
		runs({...locked, volumeMounts: [{name: 'c', mountPath: '/etc/app', readOnly: true}]}, {volumes: [{name: 'c', configMap: {name: 'c'}}]}),
		'open /etc/app/x: read-only file system',
	],
	['that ends for another reason', runs(locked), 'panic: nil'],
])('a program %s', (_, now, words) => {
	expect(told(now, undefined, words).filter(each => each.told.includes('root-file-system'))).toEqual([]);
});

test('one that runs says nothing, however little it may write', () => {
	expect(detected(workload(runs(locked), {before: runs()}))).toEqual([]);
});
