import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {detected, runs, workload} from './running.ts';

const user = {runAsUser: 1000, runAsNonRoot: true};
const mounts = (volume: JsonObject, securityContext?: JsonObject, own?: JsonObject) =>
	runs(
		{volumeMounts: [{name: 'v', mountPath: '/v'}], ...(own === undefined ? {} : {securityContext: own})},
		{volumes: [{name: 'v', ...volume}], ...(securityContext === undefined ? {} : {securityContext})},
	);
const secret = (defaultMode?: number, items?: JsonObject[]) => ({
	secret: {secretName: 's', optional: true, ...(defaultMode === undefined ? {} : {defaultMode}), ...(items === undefined ? {} : {items})},
});
const told = (now: JsonObject, before?: JsonObject, ready = true) =>
	detected(workload(now, {before, pods: [{ready}]}))
		.filter(each => /files-not-readable|volume-group-lost/.test(each.told))
		.map(each => [each.told, each.what]);
const web = 'Deployment/web spec.template.spec';
const closed = mounts(secret(0o400), user);

test.each([
	[
		'a mode that a release brought',
		told(closed, mounts(secret(), user)),
		[[`medium files-not-readable ${web}.volumes[v].secret.defaultMode`, 'choice remove secret/defaultMode']],
	],
	[
		'a mode in the wrong base',
		told(mounts(secret(0o600), user), mounts(secret(0o644), user), false),
		[[`critical files-not-readable ${web}.volumes[v].secret.defaultMode`, 'sure replace secret/defaultMode=420']],
	],
	[
		'a group that a release took',
		told(closed, mounts(secret(0o400), {...user, fsGroup: 1000})),
		[[`medium files-not-readable ${web}.securityContext.fsGroup`, 'choice add securityContext/fsGroup=1000']],
	],
	[
		'a mode that was never another, while no pod is ready',
		told(closed, undefined, false),
		[[`critical files-not-readable ${web}.volumes[v].secret.defaultMode`, 'choice add securityContext/fsGroup=1000']],
	],
	[
		'one file of a ConfigMap',
		told(mounts({configMap: {name: 'c', optional: true, items: [{key: 'a', path: 'a', mode: 0o600}]}}, user), undefined, false),
		[[`critical files-not-readable ${web}.volumes[v].configMap.items[0].mode`, 'choice add securityContext/fsGroup=1000']],
	],
	[
		'a mode for the group of root, of which the user is not',
		told(mounts(secret(0o440), {...user, runAsGroup: 1000}), undefined, false),
		[[`critical files-not-readable ${web}.volumes[v].secret.defaultMode`, 'choice add securityContext/fsGroup=1000']],
	],
])('files that nobody but root may read: %s', (_, found, expected) => {
	expect(found).toEqual(expected);
});

test.each([
	['pods that run well with it for long', told(closed, closed)],
	[
		'the user of a pod, whose token it is,',
		told(mounts({projected: {defaultMode: 0o400, sources: [{serviceAccountToken: {path: 'token'}}]}}, user), undefined, false),
	],
	['root', told(mounts(secret(0o400)), undefined, false)],
	['a container that is root among users', told(mounts(secret(0o400), user, {runAsUser: 0, runAsNonRoot: false}), undefined, false)],
	['a group that may read', told(mounts(secret(0o400), {...user, fsGroup: 1000}), undefined, false)],
	['the group of root, which an unknown user has', told(mounts(secret(0o440), user), undefined, false)],
	['files for everybody', told(mounts(secret(0o444), user), mounts(secret(), user), false)],
])('%s may', (_, found) => {
	expect(found).toEqual([]);
});

const claim = {persistentVolumeClaim: {claimName: 'data'}};
const grouped = mounts(claim, {...user, fsGroup: 2000});
const lost = (way: string, severity = 'medium') => [[`${severity} volume-group-lost ${web}.securityContext.fsGroup`, way]];

test.each([
	['while all run', told(mounts(claim, user), grouped), lost('choice add securityContext/fsGroup=2000')],
	['while none is ready', told(mounts(claim, user), grouped, false), lost('sure add securityContext/fsGroup=2000', 'critical')],
	[
		'with all of its context',
		told(mounts(claim, undefined, user), mounts(claim, {fsGroup: 2000}, user), false),
		lost('sure add spec/securityContext={"fsGroup":2000}', 'critical'),
	],
	['for another group', told(mounts(claim, {...user, fsGroup: 3000}), grouped), []],
	['for the same group in another way', told(mounts(claim, {...user, runAsGroup: 2000}), grouped), []],
	['of a container that is root', told(mounts(claim, {runAsUser: 0}), mounts(claim, {runAsUser: 0, fsGroup: 2000})), []],
	['of an empty directory', told(mounts({emptyDir: {}}, user), mounts({emptyDir: {}}, {...user, fsGroup: 2000})), []],
])('the group of a claim that a release took away %s', (_, found, expected) => {
	expect(found).toEqual(expected);
});
