import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {MkcoaError} from '../../../src/core/error.ts';
import type {KubeObject, Ref} from '../../../src/core/kube/kube-object.ts';
import {exitCodeOf} from '../../../src/core/outcome.ts';
import type {Write} from '../../../src/core/plan.ts';
import {digestOf} from '../../../src/core/plan.ts';
import {preconditionOf} from '../../../src/core/road/precondition.ts';
import type {Road} from '../../../src/core/road/road.ts';
import {applyPlan, runTool} from '../../../src/core/road/run-tool.ts';
import {changeTool, LostAnswerError, readTool, StoppedError} from '../../../src/core/tool.ts';
import {type MemoryObjects, memoryObjects} from '../../support/memory-objects.ts';
import {memoryRoad} from '../../support/memory-road.ts';

const annotations = {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false};
const ref = (name: string): Ref => ({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name});
const configMap = (name: string, data: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, namespace: 'shop'},
	data,
});
type Ports = {readonly objects: MemoryObjects};

/** Sets one key in each ConfigMap that is named. */
const setKey = changeTool({
	name: 'key_set',
	summary: 'Sets a key',
	effect: 'change',
	annotations,
	command: ['key', 'set'],
	positionals: ['names'],
	input: z.object({names: z.array(z.string()).min(1), value: z.string()}),
	resolved: z.object({names: z.array(z.string()), value: z.string()}),
	output: z.object({written: z.number()}),
	text: ({written}) => `${written} written`,
	async plan({names, value}, {ports: {objects}}: {ports: Ports}) {
		const changed = names.filter(name => (objects.get(ref(name))?.data as {key?: string} | undefined)?.key !== value);
		const writes = changed.map((name): Write => ({op: 'patch', ref: ref(name), type: 'merge', patch: {data: {key: value}}}));
		return {
			input: {names, value},
			summary: `Set key in ${names.join(', ')}`,
			risk: {level: 'low', reasons: []},
			steps: [{title: 'Set the key', writes}],
			changes: changed.map(name => ({
				ref: ref(name),
				operation: 'update',
				computed: 'local',
				fields: [{path: ['data', 'key'], operation: 'replace', after: value}],
			})),
			consequences: [],
			preconditions: names.map(name => preconditionOf(objects.get(ref(name)), ref(name))),
			verify: [],
			undo: {possible: true, how: 'the old values are in the journal'},
		};
	},
	async apply(_plan, _context, effects) {
		return {written: (await effects.performStep(0)).length};
	},
});

const world = () => memoryObjects([configMap('one', {key: 'a', other: 'x'}), configMap('two', {key: 'a'})]);
const input = {names: ['one', 'two'], value: 'b'};

function start(change: Partial<Road<Ports>> = {}) {
	const objects = world();
	return {objects, ...memoryRoad<Ports>({objects}, objects.effector, change)};
}

describe('runTool', () => {
	test('plans, asks, journals before each effect, applies, and answers done', async () => {
		const {objects, road, trail} = start();
		const seen: string[] = [];
		objects.beforeSend = write => seen.push(`${write.ref.name}: ${trail.effects.get('j1')?.at(-1)?.state}`);
		const outcome = await runTool(setKey, input, road);
		expect(outcome).toMatchObject({kind: 'done', output: {written: 2}, journal: 'j1'});
		expect(seen).toEqual(['one: intended', 'two: intended']);
		expect(trail.entries[0]).toMatchObject({outcome: 'done', approval: {by: 'alice', how: 'review'}});
		expect(trail.effects.get('j1')?.map(({state, before}) => [state, before?.data])).toEqual([
			['done', {key: 'a', other: 'x'}],
			['done', {key: 'a'}],
		]);
		expect(trail.audit.map(({action}) => action)).toEqual(['approved', 'applied']);
	});

	test('tells what happens, in order', async () => {
		const {road, trail} = start();
		await runTool(setKey, input, road);
		expect(trail.events.map(({kind}) => kind)).toEqual(['started', 'planned', 'approved', 'step', 'write', 'write', 'ended']);
	});

	test('one input and one world give one digest', async () => {
		const {road, trail} = start({mode: 'plan'});
		const [first, second] = [await runTool(setKey, input, road), await runTool(setKey, input, road)];
		expect(first).toEqual(second);
		expect(trail.kept).toHaveLength(2);
		expect(first.kind === 'planned' && digestOf(first.plan) === first.digest).toBe(true);
	});

	test.each<[string, Partial<Road<Ports>>, string, number]>([
		['a plan alone is no effect', {mode: 'plan'}, 'planned', 0],
		['a person says no', {confirm: async () => ({kind: 'reject', feedback: 'not on Friday'})}, 'rejected', 2],
		['nobody can answer', {confirm: async () => ({kind: 'defer'})}, 'waiting', 8],
		['policy says no', {judge: async () => ({answer: 'deny', why: 'prod is read-only', next: 'Add a grant', yes: false})}, 'rejected', 4],
		[
			'--yes where policy wants a person',
			{yes: true, judge: async () => ({answer: 'ask', why: 'x', yes: false}), confirm: async () => ({kind: 'defer'})},
			'waiting',
			8,
		],
		[
			'--yes where a model chose the call',
			{yes: true, chosen: {agent: 'deploy', tainted: false}, confirm: async () => ({kind: 'defer'})},
			'waiting',
			8,
		],
		[
			'a rule where the model that chose it has read text of others',
			{
				judge: async () => ({answer: 'allow', why: 'the policy says so', yes: true}),
				chosen: {agent: 'deploy', tainted: true},
				confirm: async () => ({kind: 'defer'}),
			},
			'waiting',
			8,
		],
	])('%s', async (_name, change, kind, exit) => {
		const {objects, road} = start(change);
		const outcome = await runTool(setKey, input, road);
		expect([outcome.kind, exitCodeOf(outcome), objects.sent.length]).toEqual([kind, exit, 0]);
	});

	test.each<[string, Partial<Road<Ports>>, string]>([
		['--yes stands for a person', {yes: true, confirm: async () => ({kind: 'defer'})}, 'yes-flag'],
		[
			'a rule lets it pass unasked',
			{judge: async () => ({answer: 'allow', why: 'the policy says so', yes: true}), confirm: async () => ({kind: 'defer'})},
			'rule',
		],
		[
			'a grant lets it pass unasked',
			{judge: async () => ({answer: 'allow', why: 'granted', yes: true, grant: '1f3a'}), confirm: async () => ({kind: 'defer'})},
			'grant',
		],
	])('%s', async (_name, change, how) => {
		const {road, trail} = start(change);
		expect((await runTool(setKey, input, road)).kind).toBe('done');
		expect(trail.entries[0]?.approval.how).toBe(how);
	});

	test('the journal and the audit log say which model chose a change that a person approved', async () => {
		const {road, trail} = start({chosen: {agent: 'deploy', tainted: true}});
		expect((await runTool(setKey, input, road)).kind).toBe('done');
		expect(trail.audit[0]?.detail).toBe('review by alice, chosen by the model of deploy, journal j1');
	});

	test.each<[string, Partial<Road<Ports>>]>([
		['a person', {}],
		['--yes', {yes: true}],
		['a rule', {judge: async () => ({answer: 'allow', why: 'the policy says so', yes: true})}],
	])('what the cluster does not allow is refused before %s can say yes', async (_name, change) => {
		const asked: string[] = [];
		const objects = world();
		const refusal = new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'alice may not patch configmaps'});
		const {road, trail} = memoryRoad<Ports>(
			{objects},
			{...objects.effector, demandRights: () => Promise.reject(refusal)},
			{
				confirm: async ({digest}) => {
					asked.push(digest);
					return {kind: 'approve'};
				},
				...change,
			},
		);
		const outcome = await runTool(setKey, input, road);
		expect(outcome).toMatchObject({kind: 'failed', error: refusal.trouble, done: []});
		expect([exitCodeOf(outcome), asked, trail.entries, objects.sent]).toEqual([4, [], [], []]);
		expect((await runTool(setKey, input, {...road, mode: 'plan'})).kind).toBe('planned');
	});

	test('an object that moved while the plan was read is drift, named, and nothing is written', async () => {
		const objects = world();
		const {road, trail} = memoryRoad<Ports>({objects}, objects.effector, {
			async confirm() {
				objects.put(configMap('two', {key: 'a', added: 'by somebody'}));
				return {kind: 'approve'};
			},
		});
		const outcome = await runTool(setKey, input, road);
		expect(outcome).toMatchObject({kind: 'drifted', moved: ['ConfigMap shop/two was changed']});
		expect(exitCodeOf(outcome)).toBe(9);
		expect(objects.sent).toEqual([]);
		expect(trail.entries).toEqual([]);
	});

	test('a consequence that counts other pods than a moment ago is no drift; one of another kind is', async () => {
		const {road, objects} = start();
		let pods = 0;
		const counting = (id: string) => ({
			...setKey,
			plan: async (...given: Parameters<typeof setKey.plan>) => ({
				...(await setKey.plan(...given)),
				consequences: [{id: pods++ === 0 ? 'restart' : id, severity: 'info' as const, text: `${pods} pods restart`}],
			}),
		});
		expect((await runTool(counting('restart'), input, road)).kind).toBe('done');
		pods = 0;
		objects.put(configMap('one', {key: 'c'}));
		expect(await runTool(counting('outage'), input, road)).toMatchObject({
			kind: 'drifted',
			moved: ['New in the plan: 2 pods restart', 'No longer in the plan: 1 pods restart'],
		});
	});

	test('an object deleted and made again is another object', async () => {
		const objects = world();
		const {road} = memoryRoad<Ports>({objects}, objects.effector, {
			async confirm() {
				objects.remove(ref('one'));
				objects.put(configMap('one', {key: 'a', other: 'x'}));
				return {kind: 'approve'};
			},
		});
		expect(await runTool(setKey, input, road)).toMatchObject({kind: 'drifted', moved: ['ConfigMap shop/one was deleted and made again']});
	});

	test('drift between the second plan and the write is caught by the write itself', async () => {
		const {objects, road} = start();
		objects.beforeSend = write => {
			if (write.ref.name === 'one') objects.put(configMap('one', {key: 'a', other: 'somebody else'}));
			objects.beforeSend = () => {};
		};
		const outcome = await runTool(setKey, input, road);
		expect(outcome).toMatchObject({kind: 'drifted', moved: ['ConfigMap shop/one was changed']});
		expect(objects.sent).toEqual([]);
	});

	test('a status update in between is no drift: the write is bound to the newest version and sent again', async () => {
		const {objects, road} = start();
		objects.beforeSend = write => {
			const live = objects.get(write.ref);
			if (live !== undefined) objects.put({...live, status: {observed: 1}});
			objects.beforeSend = () => {};
		};
		expect((await runTool(setKey, input, road)).kind).toBe('done');
	});

	test('a failure in the middle says what was done and what is left, and how to take it back', async () => {
		const {objects, road, trail} = start();
		objects.beforeSend = write => {
			if (write.ref.name === 'two') throw new MkcoaError({kind: 'environment', code: 'server-error', what: 'The server answered 500'});
		};
		expect(await runTool(setKey, input, road)).toMatchObject({
			kind: 'failed',
			error: {code: 'server-error', next: 'Take back what was done with: mkcoa undo j1, or go on with: mkcoa resume j1'},
			done: ['patch ConfigMap shop/one'],
			left: ['patch ConfigMap shop/two'],
		});
		expect(trail.entries[0]?.outcome).toBe('failed');
	});

	const lostAnswer = () =>
		new LostAnswerError(new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The connection broke', next: 'Look'}));

	test('a write whose answer was lost goes on as done when the object shows that mkcoa wrote it', async () => {
		const {objects, road, trail} = start();
		objects.afterSend = write => {
			if (write.ref.name === 'one') throw lostAnswer();
		};
		expect(await runTool(setKey, input, road)).toMatchObject({kind: 'done', output: {written: 2}});
		expect(trail.effects.get('j1')?.map(({state, after}) => [state, (after as KubeObject).data])).toEqual([
			['done', {key: 'b', other: 'x'}],
			['done', {key: 'b'}],
		]);
	});

	test.each<[string, (objects: MemoryObjects) => void]>([
		['was not seen to be done', () => {}],
		['somebody else wrote over', objects => void objects.put(configMap('one', {key: 'theirs'}))],
	])('a write whose answer was lost and that %s stays open, and nobody is told that nothing was changed', async (_name, meddle) => {
		const {objects, road, trail} = start();
		objects.beforeSend = () => {
			meddle(objects);
			throw lostAnswer();
		};
		const outcome = await runTool(setKey, input, road);
		expect(outcome).toMatchObject({
			kind: 'failed',
			done: [],
			left: ['patch ConfigMap shop/one', 'patch ConfigMap shop/two'],
			error: {
				code: 'unreachable',
				next: 'Look. Whether this was done is not known: patch ConfigMap shop/one. Take back what was done with: mkcoa undo j1, or go on with: mkcoa resume j1',
			},
		});
		expect(trail.effects.get('j1')).toMatchObject([{state: 'intended'}]);
	});

	test('an interrupt while a write is under way leaves it open: it may have been done', async () => {
		const stop = new AbortController();
		const {objects, road, trail} = start({signal: stop.signal});
		objects.afterSend = () => {
			stop.abort();
			throw stop.signal.reason;
		};
		expect(await runTool(setKey, input, road)).toMatchObject({
			kind: 'failed',
			error: {code: 'cancelled', next: expect.stringMatching(/^Whether this was done is not known: patch ConfigMap shop\/one\. Take back/)},
		});
		expect(trail.effects.get('j1')).toMatchObject([{state: 'intended'}]);
	});

	test.each<[string, Partial<Road<Ports>['journal']> | 'audit']>([
		['the journal', {close: () => Promise.reject(new Error('disk full'))}],
		['the audit log', 'audit'],
	])('a change whose end %s cannot take is told as made', async (_name, broken) => {
		const {objects, road} = start();
		const append: Road<Ports>['audit']['append'] = async ({action}) => {
			if (action === 'applied') throw new Error('disk full');
		};
		const change = broken === 'audit' ? {audit: {append}} : {journal: {...road.journal, ...broken}};
		expect(await runTool(setKey, input, {...road, ...change})).toMatchObject({
			kind: 'failed',
			journal: 'j1',
			done: ['patch ConfigMap shop/one', 'patch ConfigMap shop/two'],
			output: {written: 2},
			error: {what: 'The change was made, and its end could not be written down'},
		});
		expect(objects.sent).toHaveLength(2);
	});

	test('nothing is sent that the journal did not take', async () => {
		const {objects, road} = start();
		const journal = {...road.journal, intend: () => Promise.reject(Object.assign(new Error('full'), {code: 'ENOSPC'}))};
		expect(await runTool(setKey, input, {...road, journal})).toMatchObject({
			kind: 'failed',
			done: [],
			error: {code: 'disk-full', next: 'Free some space and run the command again. Nothing was changed'},
		});
		expect(objects.sent).toEqual([]);
	});

	test('nothing to change is nothing to ask', async () => {
		const {road, trail} = start({confirm: () => Promise.reject(new Error('must not be asked'))});
		expect((await runTool(setKey, {names: ['one'], value: 'a'}, road)).kind).toBe('nothing-to-do');
		expect(trail.entries).toEqual([]);
	});

	test('bad input is a usage failure that names the field', async () => {
		const {road} = start();
		expect(await runTool(setKey, {names: [], value: 'b'}, road)).toMatchObject({
			kind: 'failed',
			error: {kind: 'usage', code: 'bad-input', what: 'The value of names does not fit'},
		});
	});

	test('an aborted call says so', async () => {
		const stop = new AbortController();
		const objects = world();
		const {road} = memoryRoad<Ports>({objects}, objects.effector, {
			signal: stop.signal,
			async confirm() {
				stop.abort();
				return {kind: 'approve'};
			},
		});
		const outcome = await runTool(setKey, input, road);
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'cancelled'}});
		expect(exitCodeOf(outcome)).toBe(2);
		expect(objects.sent).toEqual([]);
	});

	test('a tool that stopped by itself reports what it put back and what it found', async () => {
		const {road} = start();
		const stopping = {
			...setKey,
			async apply(): Promise<never> {
				throw new StoppedError({
					trouble: {kind: 'environment', code: 'canary-failed', what: 'Taken back'},
					undone: ['web back to 4 pods'],
					left: [],
					output: {verdict: 'rolled-back'},
				});
			},
		};
		expect(await runTool(stopping, input, road)).toMatchObject({
			kind: 'failed',
			undone: ['web back to 4 pods'],
			output: {verdict: 'rolled-back'},
		});
	});

	test('a learned secret leaves in no outcome and in no plan, and the write still carries it', async () => {
		const {objects, road, trail} = start();
		road.known.add('hunter2-hunter2');
		const outcome = await runTool(setKey, {names: ['one'], value: 'hunter2-hunter2'}, {...road, confirm: async () => ({kind: 'approve'})});
		expect(outcome.kind).toBe('done');
		expect(JSON.stringify([trail.entries, trail.events, trail.audit, outcome])).not.toContain('hunter2');
		expect(objects.get(ref('one'))?.data).toMatchObject({key: 'hunter2-hunter2'});
	});

	test('a read tool answers and changes nothing', async () => {
		const {road, objects} = start();
		const read = readTool({
			name: 'key_get',
			summary: 'Reads a key',
			effect: 'read',
			annotations,
			command: ['key', 'get'],
			positionals: [],
			input: z.object({}),
			output: z.object({value: z.string()}),
			text: ({value}) => value,
			run: async (_input, {ports}: {ports: Ports}) => ({
				value: (ports.objects.get(ref('one'))?.data as {key: string} | undefined)?.key ?? '',
			}),
		});
		expect(await runTool(read, {}, road)).toEqual({kind: 'done', tool: 'key_get', output: {value: 'a'}});
		expect(objects.sent).toEqual([]);
	});
});

describe('applyPlan', () => {
	async function planAhead() {
		const made = start({mode: 'plan'});
		await runTool(setKey, input, made.road);
		const earlier = made.trail.kept[0];
		if (earlier === undefined) throw new Error('no plan was kept');
		return {...made, earlier, road: {...made.road, mode: 'run'} as Road<Ports>};
	}

	test('applies exactly the plan', async () => {
		const {road, earlier, objects} = await planAhead();
		expect(await applyPlan(setKey, earlier, road)).toMatchObject({kind: 'done', digest: earlier.digest});
		expect(objects.get(ref('two'))?.data).toEqual({key: 'b'});
	});

	test('refuses a plan for another cluster', async () => {
		const {road, earlier, objects} = await planAhead();
		const elsewhere = {
			...road,
			target: async () => ({context: 'other', cluster: 'https://other', clusterId: 'cluster-2', identity: 'alice'}),
		};
		expect(await applyPlan(setKey, earlier, elsewhere)).toMatchObject({
			kind: 'failed',
			error: {code: 'another-cluster', next: 'Use --context test, or make a new plan here'},
		});
		expect(objects.sent).toEqual([]);
	});

	test('refuses a plan of somebody else behind a tunnel, who knew the cluster by its address alone', async () => {
		const {road, earlier, objects} = await planAhead();
		const {cluster} = earlier.plan.target;
		const tunnelled = {...road, target: async () => ({context: 'test', cluster, clusterId: cluster, identity: 'alice'})};
		expect(await applyPlan(setKey, earlier, tunnelled)).toMatchObject({
			kind: 'failed',
			error: {
				code: 'another-cluster',
				why: expect.stringContaining('nothing proves that this address still leads to that cluster'),
				next: 'Make a new plan here',
			},
		});
		expect(objects.sent).toEqual([]);
	});

	test('refuses when an object has moved since', async () => {
		const {road, earlier, objects} = await planAhead();
		objects.put(configMap('one', {key: 'c', other: 'x'}));
		expect(await applyPlan(setKey, earlier, road)).toMatchObject({kind: 'drifted', moved: ['ConfigMap shop/one was changed']});
		expect(objects.sent).toEqual([]);
	});

	test('tells who may not even look at an object of all rights that the plan takes', async () => {
		const {road, earlier, objects} = await planAhead();
		const refusal = (what: string) => new MkcoaError({kind: 'auth', code: 'not-allowed', what});
		const effector = {
			...objects.effector,
			read: () => Promise.reject(refusal('alice may not get configmaps')),
			demandRights: () => Promise.reject(refusal('alice may not patch configmaps, nor get configmaps')),
		};
		expect(await applyPlan(setKey, earlier, {...road, effector})).toMatchObject({
			kind: 'failed',
			error: {what: 'alice may not patch configmaps, nor get configmaps'},
		});
		const unasked = {...effector, demandRights: async () => {}};
		expect(await applyPlan(setKey, earlier, {...road, effector: unasked})).toMatchObject({
			kind: 'failed',
			error: {what: 'alice may not get configmaps'},
		});
		expect(objects.sent).toEqual([]);
	});

	/** A run whose process died after it wrote down the first effect. */
	async function died() {
		const made = await planAhead();
		const dying = {...made.road, journal: {...made.road.journal, complete: () => Promise.reject(new Error('killed'))}};
		made.objects.beforeSend = () => {
			throw new Error('killed before it was sent');
		};
		await applyPlan(setKey, made.earlier, dying);
		made.objects.beforeSend = () => {};
		const resumed = () =>
			applyPlan(setKey, {...made.earlier, resume: {journal: 'j1', effects: made.trail.effects.get('j1') ?? []}}, made.road);
		return {...made, resumed};
	}

	test('a resumed run sends what was written down and never sent', async () => {
		const {objects, resumed} = await died();
		expect(await resumed()).toMatchObject({kind: 'done'});
		expect(objects.sent.map(({ref: {name}}) => name)).toEqual(['one', 'two']);
	});

	test('a resumed run does not take what somebody else did for its own', async () => {
		const {objects, resumed} = await died();
		objects.put(configMap('one', {key: 'theirs'}));
		expect(await resumed()).toMatchObject({kind: 'failed', error: {code: 'pre-image-unavailable'}});
		expect(objects.sent).toEqual([]);
	});

	test('a run that failed goes on where it failed', async () => {
		const {objects, road, trail, earlier} = await planAhead();
		objects.beforeSend = write => {
			if (write.ref.name === 'two') throw new MkcoaError({kind: 'environment', code: 'server-error', what: 'No'});
		};
		expect((await applyPlan(setKey, earlier, road)).kind).toBe('failed');
		objects.beforeSend = () => {};
		const outcome = await applyPlan(setKey, {...earlier, resume: {journal: 'j1', effects: trail.effects.get('j1') ?? []}}, road);
		expect(outcome).toMatchObject({kind: 'done', journal: 'j1', output: {written: 2}});
		expect(objects.sent.map(({ref: {name}}) => name)).toEqual(['one', 'two']);
	});

	test('goes on after a process that died between the effect and its record', async () => {
		const {road, trail, earlier, objects} = await planAhead();
		const dying = {...road, journal: {...road.journal, complete: () => Promise.reject(new Error('killed'))}};
		await applyPlan(setKey, earlier, dying);
		expect(objects.sent).toHaveLength(1);
		expect(trail.effects.get('j1')?.map(({state}) => state)).toEqual(['intended']);
		const outcome = await applyPlan(setKey, {...earlier, resume: {journal: 'j1', effects: trail.effects.get('j1') ?? []}}, road);
		expect(outcome).toMatchObject({kind: 'done', journal: 'j1'});
		expect(objects.sent.map(({ref: {name}}) => name)).toEqual(['one', 'two']);
		expect(trail.effects.get('j1')?.map(({state}) => state)).toEqual(['done', 'done']);
	});
});
