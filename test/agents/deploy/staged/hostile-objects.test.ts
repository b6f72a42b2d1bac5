import {describe, expect, test} from 'vitest';
import type {Act, Script, Wait} from '../../../../src/agents/deploy/staged/act.ts';
import {judgeOf} from '../../../../src/agents/deploy/staged/judges.ts';
import {readScript, rolloutRefs, scriptDigest, scriptSecret} from '../../../../src/agents/deploy/staged/record/rollout-objects.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {Ref} from '../../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {rolloutProcesses} from '../../../support/rollout-processes.ts';
import {smallScript} from '../../../support/staged-world.ts';
import {toolContext} from '../../../support/tool-context.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const workload = webDeployment();
const refs = rolloutRefs({namespace: 'shop', name: 'web'});
const scriptOf = (act: Partial<Act>): Script => ({
	...smallScript(workload),
	wayBack: [{title: 'Bring it back', writes: [], ifDies: 'all is as before', ...act}],
});
const keptAndRead = (script: Script) => readScript(scriptSecret(refs.script, workload, script), scriptDigest(script));

const ref = (kind: string, namespace?: string): Ref => ({
	apiVersion: 'v1',
	kind,
	name: 'mine',
	...(namespace === undefined ? {} : {namespace}),
});
const patch = (of: Ref): Write => ({op: 'patch', ref: of, type: 'merge', patch: {}});
const create = (of: Ref, rest: JsonObject = {}): Write => ({
	op: 'create',
	ref: of,
	manifest: {apiVersion: of.apiVersion, kind: of.kind, metadata: {name: of.name}, ...rest},
});

const far = (kind: string): Ref => ({...ref(kind, 'other'), name: 'mkcoa-guardian-x'});
const right = (other: JsonObject): JsonObject => ({resources: ['httproutes'], verbs: ['patch'], resourceNames: ['web'], ...other});
const bound = (role: JsonObject, subject: JsonObject = {}): JsonObject => ({
	roleRef: {kind: 'Role', name: 'mkcoa-guardian-x', ...role},
	subjects: [{kind: 'ServiceAccount', name: 'mkcoa-guardian-web', namespace: 'shop', ...subject}],
});

const waiting = (more: Partial<Extract<Wait, {kind: 'ready'}>>): Wait => ({
	kind: 'ready',
	ref: ref('Deployment', 'shop'),
	pods: 1,
	withinMs: 1,
	...more,
});
const growing = (scaler: Ref): Wait => ({kind: 'keep', ms: 1, along: {of: ref('Deployment', 'shop'), scalers: [scaler]}});

describe('a script that somebody put into the Secret of a rollout', () => {
	test.each<[string, Partial<Act>]>([
		['would create ClusterRoleBinding mine', {writes: [create(ref('ClusterRoleBinding'))]}],
		['would patch Secret kube-system/mine', {writes: [patch(ref('Secret', 'kube-system'))]}],
		['would delete Namespace mine', {writes: [{op: 'delete', ref: ref('Namespace')}]}],
		['would create VirtualService other/mine', {writes: [create(ref('VirtualService', 'other'))]}],
		['would create RoleBinding shop/mine', {writes: [create(ref('RoleBinding', 'shop'), {roleRef: {kind: 'ClusterRole', name: 'admin'}})]}],
		['would create Role other/mkcoa-guardian-x', {writes: [create(far('Role'), {rules: [right({resources: ['secrets']})]})]}],
		['would create Role other/mkcoa-guardian-x', {writes: [create(far('Role'), {rules: [right({verbs: ['*']})]})]}],
		['would create Role other/mkcoa-guardian-x', {writes: [create(far('Role'), {rules: [right({resourceNames: []})]})]}],
		['would create RoleBinding other/mkcoa-guardian-x', {writes: [create(far('RoleBinding'), bound({name: 'admin'}))]}],
		['would create RoleBinding other/mkcoa-guardian-x', {writes: [create(far('RoleBinding'), bound({kind: 'ClusterRole'}))]}],
		['would create RoleBinding other/mkcoa-guardian-x', {writes: [create(far('RoleBinding'), bound({}, {namespace: 'mallory'}))]}],
		['would patch Role other/mkcoa-guardian-x', {writes: [patch(far('Role'))]}],
		['would look at Deployment other/mine', {wait: {kind: 'gone', ref: ref('Deployment', 'other'), withinMs: 1}}],
		['would look at Deployment other/mine', {wait: waiting({along: {of: ref('Deployment', 'other'), scalers: []}})}],
		['would change HorizontalPodAutoscaler other/mine', {wait: growing(ref('HorizontalPodAutoscaler', 'other'))}],
		['would change Deployment shop/mine', {wait: growing(ref('Deployment', 'shop'))}],
		['would change Pod kube-system/mine', {wait: waiting({frees: [ref('Pod', 'kube-system')]})}],
		['would change Secret shop/mine', {wait: waiting({frees: [ref('Secret', 'shop')]})}],
		['would look at Deployment other/mine', {standIn: {copy: ref('Deployment', 'other'), pods: 1}}],
		['would look at Deployment other/mine', {standIn: {copy: ref('Deployment', 'shop'), pods: 1, of: ref('Deployment', 'other')}}],
		['would look at Service other/mine', {wait: {kind: 'check', service: ref('Service', 'other'), port: '80', path: '/', withinMs: 1}}],
	])('and that %s is not carried out', (why, act) => {
		expect(() => keptAndRead(scriptOf(act))).toThrow(expect.objectContaining({trouble: expect.objectContaining({why: `it ${why}`})}));
	});

	test.each<[string, Partial<Act>]>([
		['patches a route of another namespace', {writes: [patch(ref('HTTPRoute', 'gateways'))]}],
		[
			'gives a guardian rights on routes elsewhere',
			{writes: [create(far('Role'), {rules: [right({})]}), create(far('RoleBinding'), bound({}))]},
		],
		['grows an autoscaler of its own', {wait: growing(ref('HorizontalPodAutoscaler', 'shop'))}],
		['frees its own pods', {wait: waiting({frees: [ref('Pod', 'shop')]})}],
		['makes a guardian its Role', {writes: [create(ref('RoleBinding', 'shop'), {roleRef: {kind: 'Role', name: 'mine'}})]}],
	])('and that %s is one of mkcoa', (_case, act) => {
		expect(keptAndRead(scriptOf(act))).toEqual(scriptOf(act));
	});
});

describe('a record that somebody changed', () => {
	const known = {namespace: 'shop', name: 'web', kind: 'Deployment', canary: 'web-canary', chosen: [], byPods: []};
	test.each([
		['canary', {}],
		['canary', {...known, interval: ''}],
		['canary', {...known, interval: 'NaN'}],
		['rolling', {}],
		['rolling', {...known, interval: '-1s'}],
	])('of a %s that says not how it is judged has words for that: %j', async (strategy, input) => {
		const judge = judgeOf({strategy, input}, toolContext(rolloutProcesses().fake.cluster).context as never);
		const look = {between: async () => {}, patiently: <A>(ask: () => Promise<A>) => ask()};
		await expect(async () => judge({kind: 'judge', weight: 25, share: 0.25, pods: 1}, look)).rejects.toMatchObject({
			trouble: {code: 'rollout-unreadable'},
		});
	});
});
