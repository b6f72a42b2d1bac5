import {describe, expect, test} from 'vitest';
import type {RequestVerb} from '../../../../src/agents/deploy/staged/record/record.ts';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';

type Here = ReturnType<typeof rolloutProcesses>;
type Data = {readonly [key: string]: string};

const passes: JudgeStage = async () => ({verdict: 'pass', reason: 'as the test says'});

const object = (here: Here, kind: string): KubeObject => {
	const found = here.fake.object(kind, 'mkcoa-rollout-web');
	if (found === undefined) throw new Error(`there is no ${kind}`);
	return found;
};
const dataOf = (here: Here) => object(here, 'ConfigMap').data as Data;

/** Somebody who may edit ConfigMaps and read no Secrets. */
function tamper(here: Here, change: {readonly [key: string]: string | undefined}): void {
	const data = Object.fromEntries(Object.entries({...dataOf(here), ...change}).filter(([, value]) => value !== undefined));
	const {metadata, ...record} = object(here, 'ConfigMap');
	here.fake.put({
		...record,
		metadata: {...metadata, managedFields: [{manager: 'kubectl-edit', time: '2030-01-01T00:00:00Z'}]},
		data,
	} as KubeObject);
}

/** All of another record, and nothing of the present one. */
const replay = (here: Here, data: Data) =>
	tamper(here, {...Object.fromEntries(Object.keys(dataOf(here)).map(key => [key, undefined])), ...data});

/** A rollout whose holder died at a write. */
async function stopped(at: number): Promise<Here> {
	const here = rolloutProcesses();
	here.fake.fateOf = sent => (sent === at ? 'killed after' : 'done');
	await here.process('alice@here/1').run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	return here;
}

/** Before its stage is judged. */
const beforeJudging = 9;

const changes: readonly (readonly [string, {readonly [key: string]: string | undefined}])[] = [
	['its position', {position: '5'}],
	['that all is promoted in full', {full: 'true'}],
	['its phase', {phase: 'back', back: '2'}],
	['its verdicts', {verdicts: '[{"weight":25,"verdict":{"verdict":"pass"}}]'}],
	['its deadline', {deadline: '2020-01-01T00:00:00Z'}],
	['by what it is judged', {input: '{"chosen":[]}'}],
	['how it is judged', {strategy: 'rollback'}],
	['who began it', {by: 'mallory'}],
	['what it does', {digest: '0123456789abcdef'}],
	['its seal', {seal: 'f'.repeat(64)}],
	['its position, and took the seal away', {position: '5', seal: undefined}],
	['its position to no number', {position: 'near the end'}],
];

describe('a stopped rollout, of whose record somebody changed', () => {
	test.each(changes)('%s, is not gone on with', async (_what, change) => {
		const here = await stopped(beforeJudging);
		tamper(here, change);
		const sent = here.fake.sent.length;
		expect(await here.process('bob@there/2').run(controlTool('resume'))).toMatchObject({
			kind: 'failed',
			error: {
				code: 'rollout-changed',
				what: 'The record of the rollout of web was changed by somebody else',
				why: expect.stringMatching(/^ConfigMap shop\/mkcoa-rollout-web is not as mkcoa wrote it; kubectl-edit wrote it last/),
				next: 'Take it back, which needs nothing of the record: mkcoa deploy abort web -n shop',
			},
		});
		expect(here.fake.sent).toHaveLength(sent);
	});

	test.each(changes)('%s, is taken back', async (_what, change) => {
		const here = await stopped(beforeJudging);
		tamper(here, change);
		expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('all, by the record of another rollout, is not gone on with', async () => {
		const other = await stopped(beforeJudging + 4);
		const here = await stopped(beforeJudging);
		replay(here, dataOf(other));
		expect(await here.process('bob@there/2').run(controlTool('resume'))).toMatchObject({error: {code: 'rollout-changed'}});
	});

	test('something between the plan of going on and the yes, is not gone on with', async () => {
		const here = await stopped(beforeJudging);
		const confirm = async () => {
			tamper(here, {position: '5'});
			return {kind: 'approve'} as const;
		};
		const sent = here.fake.sent.length;
		expect(await here.process('bob@there/2', {confirm}).run(controlTool('resume'))).toMatchObject({
			kind: 'failed',
			error: {code: 'rollout-changed'},
		});
		expect(here.fake.sent).toHaveLength(sent);
	});
});

test('a record of an earlier position of the same rollout leads through the same acts and the same judge again', async () => {
	const here = await stopped(beforeJudging);
	const older = dataOf(here);
	const later = here.fake.sent.length + 4;
	here.fake.fateOf = sent => (sent === later ? 'killed after' : 'done');
	await here.process('bob@there/2').run(controlTool('resume'));
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	expect(Number(dataOf(here).position)).toBeGreaterThan(Number(older.position));
	replay(here, older);
	let judged = 0;
	const judge = (): JudgeStage => async () => {
		judged += 1;
		return {verdict: 'pass', reason: 'as the test says'};
	};
	const outcome = await here.process('carol@far/3').run(controlTool('resume', {}, judge));
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done'});
	expect([judged, here.standing(), here.own()]).toEqual([1, promoted, []]);
});

test('a rollout that a mkcoa without seals began can be taken back alone', async () => {
	const here = await stopped(beforeJudging);
	const secret = object(here, 'Secret');
	const {'script.json.gz': script = ''} = secret.data as Data;
	here.fake.put({...secret, data: {'script.json.gz': script}});
	tamper(here, {seal: undefined});
	expect(await here.process('bob@there/2').run(controlTool('resume'))).toMatchObject({
		error: {code: 'rollout-unsealed', next: expect.stringContaining('abort')},
	});
	expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done'});
	expect([here.standing(), here.own()]).toEqual([before, []]);
});

/** Does something in the middle of the stage, and looks on. */
const judging = (once: () => unknown): JudgeStage => {
	let done = false;
	return async (_stage, {between}) => {
		if (!done) once();
		done = true;
		for (let look = 0; look < 3; look++) await between();
		return passes({kind: 'judge', weight: 25, share: 0.25, pods: 1}, {between, patiently: go => go()});
	};
};

describe('a rollout that runs, of whose record somebody changed', () => {
	test.each([
		['position and full', {position: '5', full: 'true'}, /^position, full of ConfigMap .* are not as mkcoa wrote it/],
		['paused', {paused: 'true'}, /^paused of ConfigMap .* is not as/],
	])('%s, stops where it is, and can be taken back at once', async (_what, change, why) => {
		const here = rolloutProcesses();
		const outcome = await here.process('alice@here/1').run(rolloutTool(judging(() => tamper(here, change))));
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'rollout-changed', why: expect.stringMatching(why)}});
		expect(here.standing()).toEqual({replicas: 3, image: '1.4.2', canary: true});
		expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('all, by an older one of the same rollout, stops', async () => {
		const here = rolloutProcesses();
		let older: Data = {};
		here.fake.afterWrite = ({ref: {kind}, op}) => {
			if (kind === 'Deployment' && op === 'create') older = dataOf(here);
		};
		expect(await here.process('alice@here/1').run(rolloutTool(judging(() => replay(here, older))))).toMatchObject({
			kind: 'failed',
			error: {code: 'rollout-changed'},
		});
	});

	test('anything while it goes back, goes back all the same', async () => {
		const here = rolloutProcesses();
		here.fake.afterWrite = ({ref, op}) => {
			if (op === 'patch' && ref.kind === 'ConfigMap' && dataOf(here).phase === 'back') tamper(here, {phase: 'forward', position: '5'});
		};
		const fails: JudgeStage = async () => ({verdict: 'fail', reason: 'it was worse'});
		expect(await here.process('alice@here/1').run(rolloutTool(fails))).toMatchObject({kind: 'done', output: {ended: 'back', left: []}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});
});

describe('a request that is not signed with the key of the rollout', () => {
	const asking = async (verb: RequestVerb, seal = '') => {
		const here = rolloutProcesses();
		const {run, trail} = here.process('alice@here/1');
		const outcome = await run(rolloutTool(judging(() => tamper(here, {request: `${verb} bob@there/2 ${seal}`.trimEnd()}))));
		return {here, outcome, notes: trail.events.flatMap(event => (event.kind === 'note' ? [event.text] : []))};
	};

	test.each([
		['promote', ''],
		['promote-full', ''],
		['resume', ''],
		['promote-full', 'f'.repeat(64)],
	] as const)('to %s is ignored, and said', async (verb, seal) => {
		const {here, outcome, notes} = await asking(verb, seal);
		expect(outcome).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect(notes).toEqual([
			`somebody in the name of bob@there asked to ${verb}: ignored, since it is not signed with the key of this rollout, or was made before another request was answered`,
		]);
		expect(here.standing()).toEqual(promoted);
	});

	test('to take it back is done, and says that anybody may have asked', async () => {
		const {outcome} = await asking('abort');
		expect(outcome).toMatchObject({output: {ended: 'back', reason: 'somebody in the name of bob@there asked for it'}});
	});

	test('to promote, though it was signed for an earlier turn, is ignored', async () => {
		const here = rolloutProcesses();
		let request = '';
		const {run, trail} = here.process('alice@here/1');
		here.fake.afterWrite = ({ref: {kind}}) => {
			if (kind === 'ConfigMap' && here.fake.object('ConfigMap', 'mkcoa-rollout-web') !== undefined) request ||= dataOf(here).request ?? '';
		};
		const judge: JudgeStage = async (_stage, {between}) => {
			const asked = here.process('bob@there/2').run(controlTool('resume'));
			for (let look = 0; look < 5; look++) {
				await new Promise<void>(resolve => void here.clock.schedule(2000, resolve));
				await between();
			}
			await asked;
			tamper(here, {request});
			await between();
			return {verdict: 'pass', reason: 'as the test says'};
		};
		await run(rolloutTool(judge));
		expect(request).toMatch(/^resume bob@there\/2 [0-9a-f]{64}$/);
		const notes = trail.events.flatMap(event => (event.kind === 'note' ? [event.text] : []));
		expect(notes).toEqual([
			'bob@there lets it go on',
			expect.stringMatching(/^somebody in the name of bob@there asked to resume: ignored/),
		]);
	});
});
