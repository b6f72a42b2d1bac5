import type {AnyOutcome} from '../../core/outcome.ts';
import type {Plan} from '../../core/plan.ts';
import type {Streams} from '../../core/streams.ts';
import {planLines} from '../../core/text/plan-lines.ts';
import {emptyLine, hanging, type Line, span} from '../../core/text/styled.ts';
import {remarkLines} from '../render/outcome-lines.ts';
import {printErr} from '../render/paint.ts';
import type {LeftBehind} from './left-behind.ts';
import {type ScenePlayed, wasInterrupted} from './run-story.ts';
import type {Scene} from './story.ts';

export type StoryPrinter = {
	readonly announce: (scene: Scene, number: number, of: number) => void;
	readonly say: (text: string) => void;
	/** The plan that a person would have been asked about. */
	readonly wouldAsk: (plan: Plan, digest: string) => void;
	readonly tell: (outcome: AnyOutcome) => void;
	/** The answer of a look, as its tool lays it out. */
	readonly show: (text: string) => void;
	readonly closing: (played: readonly ScenePlayed[], allWell: boolean, left: LeftBehind | undefined) => string;
};

const endings: {readonly [kind: string]: string} = {
	done: '✓ done',
	failed: '✗ taken back',
	drifted: '! refused, because the world had moved',
	'nothing-to-do': '- nothing to do',
	rejected: '- rejected',
};

/** A person who says no has seen enough: that is no failure of the story. */
function ending(played: readonly ScenePlayed[], allWell: boolean): string {
	if (allWell) return 'Every line came from the real road: plan, review, journal, apply, verify.';
	if (played.some(wasInterrupted)) return '- The story was interrupted';
	return isDeclined(played) ? '- You said no, so the story ends here' : '✗ The story did not end as it should';
}

/** Whether the story ended because the person said no, and for no other reason. */
export const isDeclined = (played: readonly ScenePlayed[]) =>
	played.filter(({asExpected}) => !asExpected).every(({kind}) => kind === 'rejected') && played.some(({kind}) => kind === 'rejected');

/** Tells the story on standard error; the answer at the end is for standard output. */
export function storyPrinter(streams: Streams, {isQuiet}: {readonly isQuiet: boolean}): StoryPrinter {
	const tellLines = (...lines: readonly Line[]) => {
		if (!isQuiet) printErr(streams, () => lines);
	};
	const say = (text: string) => {
		if (!isQuiet) printErr(streams, width => hanging([], text, {width}));
	};
	return {
		say,
		announce(scene, number, of) {
			tellLines(emptyLine, [span(`── ${number} of ${of}: ${scene.title} ──`, 'accent')]);
			say(scene.says);
		},
		wouldAsk(plan, digest) {
			if (isQuiet) return;
			printErr(streams, width => planLines(plan, digest, width));
			say('Here a person would be asked: Apply this plan? [y/N]  The story says yes.');
		},
		show(text) {
			if (!isQuiet) streams.err(`${text}\n`);
		},
		tell(outcome) {
			if (!isQuiet) printErr(streams, width => remarkLines(outcome, {width, quiet: false, verbose: false}));
		},
		closing: (played, allWell, left) =>
			[
				...played.map(
					({title, kind, asExpected, verdict, journal}) =>
						`${asExpected || kind === 'rejected' ? (endings[kind] ?? kind) : `✗ ${kind}`}: ${title}${verdict === null ? '' : `, ${verdict}`}${journal === null ? '' : ` (journal ${journal})`}`,
				),
				ending(played, allWell),
				...(left === undefined
					? []
					: [`! ${left.object} ${left.certain ? 'is still' : 'may still be'} there. Remove it with: ${left.remove}`]),
			].join('\n'),
	};
}
