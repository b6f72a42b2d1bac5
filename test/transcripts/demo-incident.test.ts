import {expect, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

type Look = {incidents: {key: string}[]};
type Story = {story: string; allWell: boolean; scenes: {scene: string; kind: string; outcome: {output?: Look}}[]};

test('an incident is found, mended, proven and taken back on the real road', async () => {
	const {code, out} = await runMkcoa(['demo', 'incident', '--json'], {folder});
	const {story, allWell, scenes}: Story = JSON.parse(out);
	expect({code, story, allWell}).toEqual({code: 0, story: 'broken', allWell: true});
	expect(scenes.map(({scene, kind}) => `${scene} ${kind}`)).toEqual([
		'detect done',
		'ways-out done',
		'mend done',
		'proof done',
		'undo done',
	]);
	const keys = (index: number) => scenes[index]?.outcome.output?.incidents.map(({key}) => key) ?? [];
	const gone = keys(0).filter(key => !keys(3).includes(key));
	expect(gone).toContainEqual(expect.stringMatching(/^selector-fits-no-pod:Service\/broken\/service-selector-wrong\b/));
});

test('it shows what was looked at, and plays on no cluster of somebody', async () => {
	const told = await runMkcoa(['demo', 'incident'], {folder});
	expect(told.err).toMatch(/── 1 of 5: What is wrong ──[\s\S]*✗ critical[\s\S]*── 3 of 5: Mend it ──[\s\S]*The cause is gone/);
	expect(await runMkcoa(['demo', 'incident', '--context', 'prod'], {folder})).toMatchObject({code: 1});
	expect((await runMkcoa(['demo', 'nothing'], {folder})).err).toContain('release, or incident');
});
