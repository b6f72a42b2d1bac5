import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {detected, event, runs, workload} from './running.ts';

const mounts = (source: JsonObject) => runs({volumeMounts: [{name: 'logs', mountPath: '/logs'}]}, {volumes: [{name: 'logs', ...source}]});
const host = (path: string, type = 'Directory') => mounts({hostPath: {path, type}});
const said = (why: string, volume = 'logs') => event('FailedMount', `MountVolume.SetUp failed for volume "${volume}" : ${why}`);
const gone = said('hostPath type check failed: /var/lg is not a directory');
const told = (now: JsonObject, before: JsonObject | undefined, ready = false, why = gone) =>
	detected(workload(now, {before, pods: [{ready}]}), why)
		.filter(each => each.told.includes('volume-source'))
		.map(each => [each.told, each.what]);
const fault = 'critical volume-source-not-there Deployment/web spec.template.spec.volumes[logs]';

test.each([
	[
		'a misspelt directory of the node',
		told(host('/var/lg'), host('/var/log')),
		[[`${fault}.hostPath.path`, 'sure replace hostPath/path="/var/log"']],
	],
	[
		'another type of it',
		told(host('/var/lg', 'Socket'), host('/var/lg')),
		[[`${fault}.hostPath.type`, 'sure replace hostPath/type="Directory"']],
	],
	['one that was never another', told(host('/var/lg'), undefined), [[`${fault}.hostPath.path`, 'no remedy']]],
	[
		'a share that does not answer',
		told(
			mounts({nfs: {server: 'a.example.org', path: '/x'}}),
			mounts({nfs: {server: 'b.example.org', path: '/x'}}),
			false,
			said('mount failed: exit status 32'),
		),
		[[`${fault}.nfs.server`, 'sure replace nfs/server="b.example.org"']],
	],
	['a volume that came with the release', told(host('/var/lg'), runs()), [[`${fault}.hostPath.path`, 'no remedy']]],
	['one that was mounted since', told(host('/var/lg'), undefined, true), []],
	['another volume, of a claim', told(mounts({persistentVolumeClaim: {claimName: 'c'}}), undefined), []],
	['a volume that is not of the template', told(host('/var/lg'), undefined, false, said('no such host', 'kube-api-access')), []],
])('a pod waits for %s', (_, found, expected) => {
	expect(found).toEqual(expected);
});

test('a pod whose containers have begun has its volumes, whatever was said before its driver came', () => {
	const csi = mounts({csi: {driver: 'secrets.example.com'}});
	const why = said('driver name secrets.example.com not found in the list of registered CSI drivers');
	const ids = (state: JsonObject) =>
		detected(workload(csi, {pods: [{ready: false, status: {containerStatuses: [{name: 'web', restartCount: 0, state}]}}]}), why).filter(
			each => each.told.includes('volume-source'),
		);
	expect(ids({running: {startedAt: '2026-11-27T11:59:30Z'}})).toEqual([]);
	expect(ids({waiting: {reason: 'ContainerCreating'}})).toHaveLength(1);
});
