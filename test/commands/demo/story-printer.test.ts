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

test('an interrupted story calls nothing taken back, and says what is left', () => {
	const error = {kind: 'environment', code: 'cancelled', what: 'The run was cancelled'} as const;
	const stopped: ScenePlayed = {
		...{...nothing, title: 'Second', asExpected: false, kind: 'failed', journal: 'j2'},
		outcome: {...about, kind: 'failed', error, done: [], undone: [], left: []},
	};
	const left = {object: 'Namespace mkcoa-demo-x', certain: true, remove: 'mkcoa k8s delete namespace mkcoa-demo-x'};
	const {closing: close} = storyPrinter(bufferStreams().streams, {isQuiet: false});
	expect(close([done, stopped], false, left)).toBe(
		'✓ done: First\n✗ failed: Second (journal j2)\n- The story was interrupted\n' +
			'! Namespace mkcoa-demo-x is still there. Remove it with: mkcoa k8s delete namespace mkcoa-demo-x',
	);
	expect(close([done, stopped], false, {...left, certain: false})).toContain('! Namespace mkcoa-demo-x may still be there.');
});
