import {configMap, secret} from '../objects.ts';
import {app, type BrokenThing, brokenNamespace, thing} from './fault.ts';

const fromMap = (name: string, key: string) => ({name: key, valueFrom: {configMapKeyRef: {name, key}}});
const fromSecret = (name: string, key: string) => ({name: key, valueFrom: {secretKeyRef: {name, key}}});
const probe = (port: number | string) => ({httpGet: {path: '/healthz', port}, periodSeconds: 10});

/** Containers that do not start, do not stay, or do not answer. */
export const containerFaults: readonly BrokenThing[] = [
	thing('crash-loop', 'the program panics on a missing setting', [app('crash-loop', '1.0-crash')]),
	thing('crash-loop-dependency', 'the database it needs does not answer', [app('crash-loop-dependency', '1.0-nodb')]),
	thing('image-not-found', 'the tag does not exist', [app('image-not-found', '9.9-missing')]),
	thing('image-registry-unknown', 'the registry has no address', [
		app('image-registry-unknown', '1.0', {image: 'registry.nowhere.invalid/team/app:1.0'}),
	]),
	thing('image-private', 'the registry wants a password', [app('image-private', '1.0-private')]),
	thing('out-of-memory', 'the limit is below what it needs', [app('out-of-memory', '1.0-oom')]),
	thing('memory-leak', 'it never gives memory back', [app('memory-leak', '1.0-leak', {memory: '32Mi/160Mi'})]),
	thing('wrong-architecture', 'the image is for another processor', [app('wrong-architecture', '1.0-wrongarch')]),
	thing('missing-configmap', 'the ConfigMap of a variable does not exist', [
		app('missing-configmap', '1.0', {env: [fromMap('absent-config', 'MODE')]}),
	]),
	thing('missing-configmap-key', 'the ConfigMap has no such key', [
		configMap(brokenNamespace, 'partial-config', {LEVEL: 'info'}),
		app('missing-configmap-key', '1.0', {env: [fromMap('partial-config', 'MODE')]}),
	]),
	thing('missing-secret', 'the Secret of a variable does not exist', [
		app('missing-secret', '1.0', {env: [fromSecret('absent-secret', 'PASSWORD')]}),
	]),
	thing('missing-secret-key', 'the Secret has no such key', [
		secret(brokenNamespace, 'partial-secret', {USER: 'embedded-example-user'}),
		app('missing-secret-key', '1.0', {env: [fromSecret('partial-secret', 'PASSWORD')]}),
	]),
	thing('missing-volume-configmap', 'the ConfigMap of a volume does not exist', [
		app('missing-volume-configmap', '1.0', {pod: {volumes: [{name: 'settings', configMap: {name: 'absent-files'}}]}}),
	]),
	thing('init-crash', 'the init container fails', [
		app('init-crash', '1.0', {
			pod: {initContainers: [{name: 'migrate', image: 'registry.example/broken/migrate:1.0-fail', resources: {}}]},
		}),
	]),
	thing('readiness-failing', 'its readiness probe answers 503', [app('readiness-failing', '1.0-unready')]),
	thing('liveness-kills', 'it hangs, and the liveness probe restarts it', [app('liveness-kills', '1.0-hang')]),
	thing('probe-port-wrong', 'the readiness probe asks a closed port', [
		app('probe-port-wrong', '1.0', {container: {readinessProbe: probe(9999)}}),
	]),
	thing('rbac-denied', 'its service account may not list what it needs', [
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'rbac-denied', namespace: brokenNamespace}},
		app('rbac-denied', '1.0-forbidden', {pod: {serviceAccountName: 'rbac-denied'}}),
	]),
];
