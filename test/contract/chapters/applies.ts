import {expect, test} from 'vitest';
import {apply, at, mergePatch, post, put} from '../../servers/questions.ts';
import {configMap, deployment, podSpec} from '../objects.ts';
import {cause, generationOf, type Reply, refusal, versionOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const as = (path: string, manager: string, more = '') => `${path}?fieldManager=${manager}${more}`;
/** Who owns what: manager and operation, with their fields. */
const owners = ({body}: Reply) => {
	const entries = at(body, 'metadata', 'managedFields');
	return Array.isArray(entries) ? entries.map(entry => [at(entry, 'manager'), at(entry, 'operation'), at(entry, 'fieldsV1')]) : [];
};
const data = (...keys: readonly string[]) => ({'f:data': Object.fromEntries(keys.map(key => [`f:${key}`, {}]))});

/** Applies a ConfigMap called one. */
const applying =
	({ask, path}: Room) =>
	(manager: string, values: {readonly [key: string]: string}, more = '') =>
		ask(apply(as(path('configmaps', 'one'), manager, more), configMap('one', values)));

const details = {name: 'one', kind: 'configmaps'};

/** Server-side apply of whole objects: who owns a field, and what happens when two want it. */
export const applies: Chapter = open => {
	test('what is not there is created, and owned by its manager', async () => {
		const room = await open();
		const made = await applying(room)('ann', {color: 'blue'});
		expect(made).toMatchObject({status: 201, body: {kind: 'ConfigMap', metadata: {name: 'one'}, data: {color: 'blue'}}});
		expect(owners(made)).toEqual([['ann', 'Apply', data('color')]]);
	});

	test('applying the same again changes nothing, not even the version', async () => {
		const room = await open();
		const made = await applying(room)('ann', {color: 'blue'});
		const again = await applying(room)('ann', {color: 'blue'});
		expect(again.status).toBe(200);
		expect(again.body).toEqual(made.body);
	});

	test('a field that is no longer applied goes', async () => {
		const room = await open();
		await applying(room)('ann', {color: 'blue', size: 'big'});
		const changed = await applying(room)('ann', {color: 'red'});
		expect(changed).toHaveProperty('body.data', {color: 'red'});
		expect(owners(changed)).toEqual([['ann', 'Apply', data('color')]]);
	});

	test('managers have fields of their own in one object', async () => {
		const room = await open();
		await applying(room)('ann', {color: 'blue'});
		const changed = await applying(room)('bob', {size: 'big'});
		expect(changed).toHaveProperty('body.data', {color: 'blue', size: 'big'});
		expect(owners(changed)).toEqual([
			['ann', 'Apply', data('color')],
			['bob', 'Apply', data('size')],
		]);
	});

	test('another value for what another manager applied is a conflict that names both', async () => {
		const room = await open();
		await applying(room)('ann', {color: 'blue'});
		expect(await applying(room)('bob', {color: 'red', size: 'big'})).toMatchObject(
			refusal(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "ann": .data.color', {
				causes: [cause('FieldManagerConflict', '.data.color', 'conflict with "ann"')],
			}),
		);
		expect(await room.ask({path: room.path('configmaps', 'one')})).toHaveProperty('body.data', {color: 'blue'});
	});

	test('several conflicts are listed by manager', async () => {
		const room = await open();
		await applying(room)('ann', {color: 'blue', size: 'big'});
		await applying(room)('bob', {shape: 'round'});
		expect(await applying(room)('eve', {color: 'red', size: 'small', shape: 'flat'})).toMatchObject({
			status: 409,
			body: {
				reason: 'Conflict',
				message: 'Apply failed with 3 conflicts: conflicts with "ann":\n- .data.color\n- .data.size\nconflicts with "bob":\n- .data.shape',
				details: {
					// The server walks its managers in no order.
					causes: expect.arrayContaining([
						cause('FieldManagerConflict', '.data.color', 'conflict with "ann"'),
						cause('FieldManagerConflict', '.data.size', 'conflict with "ann"'),
						cause('FieldManagerConflict', '.data.shape', 'conflict with "bob"'),
					]),
				},
			},
		});
	});

	test('force takes the field from its owner', async () => {
		const room = await open();
		await applying(room)('ann', {color: 'blue', size: 'big'});
		const forced = await applying(room)('bob', {color: 'red'}, '&force=true');
		expect(forced).toMatchObject({status: 200, body: {data: {color: 'red', size: 'big'}}});
		expect(owners(forced)).toEqual([
			['ann', 'Apply', data('size')],
			['bob', 'Apply', data('color')],
		]);
	});

	test('the same value is shared, and stays while one of its owners applies it', async () => {
		const room = await open();
		await applying(room)('ann', {color: 'blue'});
		const shared = await applying(room)('bob', {color: 'blue'});
		// Bob changed nothing, and so there is no time of his doing it, which sorts first.
		expect(owners(shared)).toEqual([
			['bob', 'Apply', data('color')],
			['ann', 'Apply', data('color')],
		]);
		expect(shared).not.toHaveProperty('body.metadata.managedFields.0.time');
		expect(await applying(room)('ann', {size: 'big'})).toHaveProperty('body.data', {color: 'blue', size: 'big'});
		expect(await applying(room)('bob', {})).toHaveProperty('body.data', {size: 'big'});
	});

	test('an update takes what it changes, and is a conflict for the next apply', async () => {
		const room = await open();
		const {ask, path} = room;
		await applying(room)('ann', {color: 'blue'});
		const changed = await ask(mergePatch(as(path('configmaps', 'one'), 'editor'), {data: {color: 'red'}}));
		expect(owners(changed)).toEqual([['editor', 'Update', data('color')]]);
		const refused = await applying(room)('ann', {color: 'blue'});
		expect(refused).toMatchObject({
			status: 409,
			body: {message: expect.stringMatching(/^Apply failed with 1 conflict: conflict with "editor" using v1( at .*)?: \.data\.color$/)},
		});
	});

	test('what an update made is taken over by force, and then the apply alone owns it', async () => {
		const room = await open();
		const {ask, path} = room;
		await ask(post(as(path('configmaps'), 'ann'), configMap('one', {color: 'blue'})));
		// One manager is two owners: what it updates and what it applies.
		const refused = await applying(room)('ann', {color: 'red'});
		expect(refused).toMatchObject({status: 409, body: {details: {causes: [{field: '.data.color'}]}}});
		const forced = await applying(room)('ann', {color: 'red'}, '&force=true');
		expect(owners(forced)).toEqual([
			['ann', 'Apply', data('color')],
			['ann', 'Update', data()],
		]);
	});

	test('a version that is no longer the last is refused', async () => {
		const room = await open();
		const {ask, path} = room;
		const resourceVersion = versionOf(await applying(room)('ann', {color: 'blue'}));
		await applying(room)('ann', {color: 'red'});
		const stale = configMap('one', {color: 'green'}, {resourceVersion});
		expect(await ask(apply(as(path('configmaps', 'one'), 'ann'), stale))).toMatchObject(
			refusal(
				409,
				'Conflict',
				'Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
				details,
			),
		);
	});

	test('an apply that changes a spec counts a generation', async () => {
		const {ask, path} = await open();
		const configured = (replicas: number) =>
			ask(apply(as(path('deployments', 'web'), 'ann'), deployment('web', {replicas, spec: {paused: true}, template: podSpec()})));
		expect(generationOf(await configured(0))).toBe(1);
		const changed = await ask(
			apply(as(path('deployments', 'web'), 'ann'), deployment('web', {replicas: 0, spec: {paused: true, minReadySeconds: 5}})),
		);
		expect(generationOf(changed)).toBe(2);
	});

	test('a plain update keeps what others applied when it repeats it', async () => {
		const room = await open();
		const {ask, path} = room;
		const made = await applying(room)('ann', {color: 'blue'});
		const changed = await ask(put(as(path('configmaps', 'one'), 'editor'), configMap('one', {color: 'blue', size: 'big'})));
		expect(changed.status).toBe(200);
		expect(owners(changed)).toEqual([
			['ann', 'Apply', data('color')],
			['editor', 'Update', data('size')],
		]);
		expect(versionOf(changed)).not.toBe(versionOf(made));
	});
};
