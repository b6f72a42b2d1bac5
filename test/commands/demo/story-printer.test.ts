import {expect, test} from 'vitest';
import type {ScenePlayed} from '../../../src/commands/demo/run-story.ts';
import {isDeclined, storyPrinter} from '../../../src/commands/demo/story-printer.ts';
import {sampleDigest, samplePlan} from '../../../src/tui/sample-plan.ts';
import {bufferStreams} from '../../support/buffer-streams.ts';

const about = {tool: 'deployment_canary', digest: sampleDigest, plan: samplePlan};
const nothing = {scene: 's', digest: null, verdict: null, journal: null};
const done: ScenePlayed = {...nothing, title: 'First', asExpected: true, kind: 'done', outcome: {...about, kind: 'done', output: null}};
const refused: ScenePlayed = {
	...nothing,
	title: 'Second',
	asExpected: false,
	kind: 'rejected',
	outcome: {...about, kind: 'rejected', by: 'person', feedback: ''},
};
const broken: ScenePlayed = {...done, title: 'Third', asExpected: false};

const closing = (played: readonly ScenePlayed[], allWell: boolean) =>
	storyPrinter(bufferStreams().streams, {isQuiet: false}).closing(played, allWell, undefined);

test('a no of the person ends the story, and is no failure of it', () => {
	expect(closing([done, refused], false)).toBe('✓ done: First\n- rejected: Second\n- You said no, so the story ends here');
	expect(isDeclined([done, refused])).toBe(true);
});

test('a scene that ends otherwise than it should is a failure', () => {
	expect(closing([done, broken], false)).toMatch(/^✓ done: First\n✗ done: Third\n✗ The story did not end as it should$/);
	expect(isDeclined([done, broken])).toBe(false);
});
