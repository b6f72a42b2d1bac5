import {expect, test} from 'vitest';
import {at, mergePatch, post} from '../../servers/questions.ts';
import {namesOf, refusal} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';
import {isGone, shows, showsCondition} from '../shows.ts';
import {budget, pod, replicaSet} from '../workloads.ts';

const evict = ({ask, path, namespace}: Room, name: string, deleteOptions?: object) =>
	ask(post(path('pods', name, 'eviction'), {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace}, deleteOptions}));
const evicted = {status: 201, body: {kind: 'Status', status: 'Success', code: 201}};
const refused = (name: string, needs: number, has: number) => ({
	...refusal(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget."),
	body: {
		...{status: 'Failure', reason: 'TooManyRequests', code: 429},
		message: "Cannot evict pod as it would violate the pod's disruption budget.",
		details: {
			causes: [{reason: 'DisruptionBudget', message: `The disruption budget ${name} needs ${needs} healthy pods and has ${has} currently`}],
		},
	},
});

/** ReplicaSet `web` and a budget over its pods, counted. @returns the names of the pods */
async function guarded({ask, path, eventually}: Room, replicas: number, spec: object) {
	await ask(post(path('replicasets'), replicaSet('web', {replicas})));
	await eventually({path: path('replicasets', 'web')}, shows({status: {availableReplicas: replicas}}));
	await ask(post(path('poddisruptionbudgets'), budget('web', spec)));
	await eventually({path: path('poddisruptionbudgets', 'web')}, shows({status: {observedGeneration: 1, currentHealthy: replicas}}));
	return namesOf(await ask({path: path('pods')})).map(String);
}

/** Who may be sent away, and how many at a time. */
export const disruptions: Chapter = open => {
	test.each([
		[{minAvailable: 2}, {disruptionsAllowed: 1, desiredHealthy: 2}],
		[{minAvailable: '50%'}, {disruptionsAllowed: 1, desiredHealthy: 2}],
		[{maxUnavailable: 1}, {disruptionsAllowed: 1, desiredHealthy: 2}],
		[{maxUnavailable: '50%'}, {disruptionsAllowed: 2, desiredHealthy: 1}],
		[{minAvailable: 3}, {disruptionsAllowed: 0, desiredHealthy: 3}],
	])('of three pods, %o leaves %o', async (spec, counts) => {
		const room = await open();
		await guarded(room, 3, spec);
		const reason = counts.disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods';
		const target = {path: room.path('poddisruptionbudgets', 'web')};
		const {body} = await room.eventually(
			target,
			showsCondition({type: 'DisruptionAllowed', status: reason === 'SufficientPods' ? 'True' : 'False', reason}),
		);
		expect(body).toMatchObject({status: {...counts, currentHealthy: 3, expectedPods: 3}});
	});

	test('a pod that can be spared is sent away', async () => {
		const room = await open();
		const [name = ''] = await guarded(room, 2, {minAvailable: 1});
		expect(await evict(room, name)).toMatchObject(evicted);
		await room.eventually({path: room.path('pods', name)}, isGone);
		await room.eventually({path: room.path('replicasets', 'web')}, shows({status: {availableReplicas: 2}}));
	});

	test('and the next one only when the first is replaced', async () => {
		const room = await open();
		const [first = '', second = ''] = await guarded(room, 2, {minAvailable: 1});
		await room.ask(mergePatch(room.path('replicasets', 'web'), {spec: {template: {spec: {schedulerName: 'nobody'}}}}));
		expect(await evict(room, first)).toMatchObject(evicted);
		expect(await evict(room, second)).toMatchObject({status: 429, body: {details: {causes: [{reason: 'DisruptionBudget'}]}}});
		await room.eventually({path: room.path('poddisruptionbudgets', 'web')}, shows({status: {currentHealthy: 1, disruptionsAllowed: 0}}));
		expect(await evict(room, second)).toMatchObject(refused('web', 1, 1));
	});

	test('a pod that cannot be spared stays', async () => {
		const room = await open();
		const [name = ''] = await guarded(room, 2, {minAvailable: 2});
		expect(await evict(room, name)).toMatchObject(refused('web', 2, 2));
		expect(at((await room.ask({path: room.path('pods', name)})).body, 'metadata', 'deletionTimestamp')).toBeUndefined();
	});

	test('a dry run says the same and sends nobody away', async () => {
		const room = await open();
		const [name = ''] = await guarded(room, 2, {minAvailable: 1});
		expect(await evict(room, name, {dryRun: ['All']})).toMatchObject(evicted);
		expect(at((await room.ask({path: room.path('pods', name)})).body, 'metadata', 'deletionTimestamp')).toBeUndefined();
		expect(await room.ask({path: room.path('poddisruptionbudgets', 'web')})).toMatchObject({body: {status: {disruptionsAllowed: 1}}});
		await room.ask(mergePatch(room.path('poddisruptionbudgets', 'web'), {spec: {minAvailable: 2}}));
		await room.eventually(
			{path: room.path('poddisruptionbudgets', 'web')},
			shows({status: {observedGeneration: 2, disruptionsAllowed: 0}}),
		);
		expect(await evict(room, name, {dryRun: ['All']})).toMatchObject(refused('web', 2, 2));
	});

	test('two budgets over one pod are a mistake', async () => {
		const room = await open();
		const [name = ''] = await guarded(room, 1, {minAvailable: 0});
		const twin = budget('twin', {minAvailable: 0});
		await room.ask(post(room.path('poddisruptionbudgets'), {...twin, spec: {...twin.spec, selector: {matchLabels: {app: 'web'}}}}));
		await room.eventually({path: room.path('poddisruptionbudgets', 'twin')}, shows({status: {observedGeneration: 1}}));
		expect(await evict(room, name)).toMatchObject({
			status: 500,
			body: {message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'},
		});
	});

	test.each([
		['may go when the budget is kept without it', {minAvailable: 1}, ['x:1', 'x:unready'], 201],
		['stays when the budget is not kept anyway', {minAvailable: 2}, ['x:1', 'x:unready'], 429],
		['goes all the same with AlwaysAllow', {minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow'}, ['x:1', 'x:unready'], 201],
	])('a pod that is not healthy %s', async (_, spec, images, status) => {
		const room = await open();
		const {ask, path, eventually} = room;
		for (const [index, image] of images.entries())
			await ask(post(path('pods'), pod(`web-${index}`, {image, metadata: {labels: {app: 'web'}}})));
		for (const index of images.keys()) await eventually({path: path('pods', `web-${index}`)}, shows({status: {phase: 'Running'}}));
		await ask(post(path('poddisruptionbudgets'), budget('web', spec)));
		await eventually({path: path('poddisruptionbudgets', 'web')}, shows({status: {observedGeneration: 1, currentHealthy: 1}}));
		expect((await evict(room, 'web-1')).status).toBe(status);
	});

	test('a pod that has no place yet can always go', async () => {
		const room = await open();
		const {ask, path, eventually} = room;
		await ask(post(path('pods'), pod('web', {schedulerName: 'nobody'})));
		await ask(post(path('poddisruptionbudgets'), budget('web', {minAvailable: 1})));
		await eventually({path: path('poddisruptionbudgets', 'web')}, shows({status: {observedGeneration: 1, disruptionsAllowed: 0}}));
		expect(await evict(room, 'web')).toMatchObject(evicted);
		expect(await ask({path: path('pods', 'web')})).toMatchObject({status: 404});
	});

	test('a pod that nobody guards goes; one that is not there does not', async () => {
		const room = await open();
		await room.ask(post(room.path('pods'), pod('a', {schedulerName: 'nobody'})));
		expect(await evict(room, 'b')).toMatchObject(refusal(404, 'NotFound', 'pods "b" not found'));
		expect(await evict(room, 'a')).toMatchObject(evicted);
	});

	test('a budget has one limit, and a percentage is one', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('poddisruptionbudgets'), budget('web', {minAvailable: 1, maxUnavailable: 1})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('minAvailable and maxUnavailable cannot be both set')},
		});
		expect(await ask(post(path('poddisruptionbudgets'), budget('web', {minAvailable: '120%'})))).toMatchObject({
			status: 422,
			body: {message: expect.stringContaining('spec.minAvailable: Invalid value: "120%": must not be greater than 100%')},
		});
	});
};
