import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {object} from '../../support/kube-objects.ts';
import {detected, node, runs, workload} from './running.ts';

const container = 'Deployment/web spec.template.spec.containers[web]';
const scripts = object('v1', 'ConfigMap', 'scripts', {data: {'run.sh': '#!/bin/sh\nexec app'}});
const told = (podSpec: JsonObject, before?: JsonObject, more: Parameters<typeof workload>[1] = {}) =>
	detected(workload(podSpec, {before, ...more}), scripts, node()).map(each => `${each.told}: ${each.what}`);

const mounted = (mount: JsonObject, volume: JsonObject = {}, command = ['/opt/job/run.sh']) =>
	runs({command, volumeMounts: [{name: 'files', ...mount}]}, {volumes: [{name: 'files', configMap: {name: 'scripts', ...volume}}]});

test('a script that nobody may execute', () => {
	const plain = mounted({mountPath: '/opt/job'}, {defaultMode: 0o644});
	const mode = 'Deployment/web spec.template.spec.volumes[files].configMap.defaultMode';
	expect(told(plain)).toEqual([`high script-not-executable ${mode}: sure replace configMap/defaultMode=493`]);
	expect(told(plain, mounted({mountPath: '/opt/job'}, {defaultMode: 0o555}))).toEqual([
		`high script-not-executable ${mode}: sure replace configMap/defaultMode=365`,
	]);
	expect(told(mounted({mountPath: '/opt/job'}, {defaultMode: 0o755}))).toEqual([]);
	expect(told(mounted({mountPath: '/opt/job'}, {}, ['sh', '/opt/job/run.sh']))).toEqual([]);
	expect(told(mounted({mountPath: '/opt/job'}, {items: [{key: 'run.sh', path: 'run.sh', mode: 0o755}]}))).toEqual([]);
});

test('a program that a mount hides', () => {
	const over = mounted({mountPath: '/app'}, {}, ['/app/server']);
	const beside = mounted({mountPath: '/app/config'}, {}, ['/app/server']);
	expect(told(over, beside)).toEqual([
		`high program-hidden-by-volume ${container}.volumeMounts[files].mountPath: sure replace 0/mountPath="/app/config"`,
	]);
	expect(told(beside)).toEqual([]);
	const asked = runs(
		{readinessProbe: {exec: {command: ['/app/ready']}}, volumeMounts: [{name: 'files', mountPath: '/app'}]},
		{volumes: [{name: 'files', configMap: {name: 'scripts'}}]},
	);
	expect(told(asked)).toEqual([`high mount-hides-program ${container}.volumeMounts[files].mountPath: no remedy`]);
});

test('a file that became the whole directory', () => {
	const file = mounted({mountPath: '/etc/nginx/nginx.conf', subPath: 'run.sh'}, {}, ['nginx']);
	expect(told(mounted({mountPath: '/etc/nginx'}, {}, ['nginx']), file)).toEqual([
		`medium mount-hides-program ${container}.volumeMounts[files].mountPath: choice replace 0/mountPath="/etc/nginx/nginx.conf", add 0/subPath="run.sh"`,
	]);
	expect(told(mounted({mountPath: '/etc/nginx'}, {}, ['nginx']), file, {pods: [{ready: false}]})[0]).toContain(': sure replace');
	expect(told(mounted({mountPath: '/etc/nginx/nginx.conf'}, {}, ['nginx']), file)).toEqual([
		`medium mount-hides-program ${container}.volumeMounts[files].subPath: sure add 0/subPath="run.sh"`,
	]);
	expect(told(file, mounted({mountPath: '/etc/nginx'}, {}, ['nginx']))).toEqual([]);
});

test('a file that became the directory of the program is told once', () => {
	const file = mounted({mountPath: '/app/run.sh', subPath: 'run.sh'}, {}, ['/app/server']);
	expect(told(mounted({mountPath: '/app'}, {}, ['/app/server']), file)).toEqual([
		`high program-hidden-by-volume ${container}.volumeMounts[files].mountPath: sure replace 0/mountPath="/app/run.sh", add 0/subPath="run.sh"`,
	]);
});

const field = (fieldPath: string) => runs({env: [{name: 'TIER', valueFrom: {fieldRef: {fieldPath}}}]});

test('a label that the pods do not have', () => {
	const at = `${container}.env[TIER].valueFrom.fieldRef.fieldPath`;
	expect(told(field("metadata.labels['ap']"))).toEqual([
		`medium field-of-pod-not-there ${at}: sure replace fieldRef/fieldPath="metadata.labels['app']"`,
	]);
	expect(told(field("metadata.labels['tier']"))).toEqual([`low field-of-pod-not-there ${at}: no remedy`]);
	expect(told(field("metadata.labels['app']"))).toEqual([]);
	expect(told(field("metadata.labels['apps.kubernetes.io/pod-index']"))).toEqual([]);
	expect(told(field('metadata.name'))).toEqual([]);
	// A webhook may put it on pods.
	expect(told(field("metadata.labels['tier']"), undefined, {pods: [{metadata: {labels: {app: 'web', tier: 'a'}}}]})).toEqual([]);
});

const taken = (prefix?: string) => runs({envFrom: [{...(prefix === undefined ? {} : {prefix}), configMapRef: {name: 'scripts'}}]});

test('variables that got another prefix', () => {
	const at = `${container}.envFrom[0].prefix`;
	expect(told(taken('APP'), taken('APP_'))).toEqual([`medium variables-renamed ${at}: sure replace 0/prefix="APP_"`]);
	expect(told(taken(), taken('APP_'))).toEqual([`medium variables-renamed ${at}: sure add 0/prefix="APP_"`]);
	const withNext = runs({image: 'web:2', envFrom: [{prefix: 'APP_', configMapRef: {name: 'scripts'}}]});
	expect(told(withNext, taken())).toEqual([`medium variables-renamed ${at}: choice remove 0/prefix`]);
	expect(told(taken('SHOP_'), taken('LEGACY_'))).toEqual([`medium variables-renamed ${at}: choice replace 0/prefix="LEGACY_"`]);
	expect(told(taken('APP_'), taken('APP_'))).toEqual([]);
});

test('amounts of a container that is not there', () => {
	const amounts = (containerName: string) =>
		runs({env: [{name: 'MEMORY', valueFrom: {resourceFieldRef: {containerName, resource: 'limits.memory'}}}]});
	expect(told(amounts('app'))).toEqual([
		`high field-of-pod-not-there ${container}.env[MEMORY].valueFrom.resourceFieldRef.containerName: sure replace resourceFieldRef/containerName="web"`,
	]);
	expect(told(amounts('web'))).toEqual([]);
});
