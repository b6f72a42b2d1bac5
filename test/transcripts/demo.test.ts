import {expect, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const {code, out, err} = await runMkcoa(['demo', '--json', '--speed', '60'], {folder});

type Story = {
	allWell: boolean;
	scenes: {scene: string; kind: string; digest: string | null; verdict: string | null; journal: string | null}[];
};

test('the demo tells its story through the real road, and answers one JSON document', () => {
	const story: Story = JSON.parse(out);
	expect(story.scenes.map(({scene, kind, verdict}) => [scene, kind, verdict])).toEqual([
		['bad-canary', 'failed', 'rolled-back'],
		['good-canary', 'done', 'promoted'],
		['drift', 'drifted', null],
		['plan-again', 'done', null],
		['undo', 'done', null],
	]);
	expect(story.scenes.every(({digest}) => /^sha256:[0-9a-f]{64}$/.test(digest ?? ''))).toBe(true);
	expect(story.scenes.map(({journal}) => journal !== null)).toEqual([true, true, false, true, true]);
	expect({code, allWell: story.allWell, err}).toMatchObject({code: 0, allWell: true});
});

test('what the demo did stands in the history of the embedded cluster, and the audit log holds', async () => {
	const history = await runMkcoa(['history', '--sandbox', 'shop', '--json'], {folder});
	const entries: {plan: {tool: string}; approval: {by: string}; undoneBy?: string}[] = JSON.parse(history.out);
	expect(entries.map(({plan, approval}) => `${plan.tool} by ${approval.by}`)).toEqual([
		'undo by alice',
		'resource_patch by alice',
		'resource_patch by colleague',
		'deployment_canary by alice',
		'deployment_canary by alice',
	]);
	expect(entries[1]?.undoneBy).toBeDefined();
	expect((await runMkcoa(['audit', 'verify', '--sandbox', 'shop'], {folder})).out).toMatch(/^✓ \d+ records, none altered or lost\n$/);
});
